import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { catalogue, type TemplateEntry } from '../catalogue.ts';
import type { Locale, TemplateContent, TemplateVersion } from '../model.ts';
import { emailHosts } from '../rendering/email-hosts.ts';
import { checkContent } from '../rendering/render.ts';
import { findTemplateVersion, templateVersionWrites } from './template-version-repository.ts';
import {
  brokenTemplate,
  type TemplateVersionView,
  templateNamed,
  toTemplateVersionView,
} from './template-version-view.ts';

interface NewTemplateVersion extends Actor {
  readonly template: string;
  readonly locale: Locale;
  readonly content: TemplateContent;
  /** Number of the version in force which the editor saw; 0: the version shipped with the product. */
  readonly ifMatch: number;
  readonly idempotency: Idempotency;
}

const stale = (cause?: unknown): AppError =>
  new AppError('stale', 'stale', 'The template version was changed meanwhile.', { cause });

/** Whoever writes the words around a secret link could have it sent elsewhere. */
const notTheirs = ({ link }: TemplateEntry): AppError =>
  link === undefined
    ? new AppError('forbidden', 'template-manager-only', 'Managers edit this template.')
    : new AppError(
        'forbidden',
        'template-admin-only',
        'This template carries a secret link: admins edit it.',
      );

/**
 * Puts another version in force and keeps the former ones. It is tried before: what could not be rendered for everybody is
 * refused. Throws `template-not-found`, `template-admin-only`, `template-manager-only` (403), `template-broken` naming each part, `stale`.
 */
export const createTemplateVersion = async (
  rt: Runtime,
  edit: NewTemplateVersion,
): Promise<TemplateVersionView> => {
  const template = templateNamed(edit.template);
  const entry = catalogue[template];
  const { locale, content, ifMatch, caller, idempotency } = edit;
  if (!caller.roles.includes(entry.link === undefined ? 'manager' : 'admin')) throw notTheirs(entry);
  const broken = checkContent(entry, locale, { content, hosts: emailHosts(rt) });
  if (broken.length > 0) throw brokenTemplate(broken);
  const before = await findTemplateVersion(rt, template, locale);
  if ((before?.version ?? 0) !== ifMatch) throw stale();
  const at = instant(rt.clock.nowMs());
  const after: TemplateVersion = {
    ...content,
    template,
    locale,
    version: ifMatch + 1,
    at,
    actorId: caller.id,
  };
  const view = toTemplateVersionView({ template, locale }, after);
  await commit(rt, {
    writes: templateVersionWrites(rt, after),
    events: [
      audited(rt, edit, {
        action: 'notification-template.edited',
        subject: `notification-template/${template}`,
        details: { locale, version: after.version },
      }),
    ],
    answer: { idempotency, stored: { status: 201, body: view, etag: String(after.version) } },
  }).catch((error: unknown) => {
    throw error instanceof CommitConflict ? stale(error) : error;
  });
  return view;
};
