import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { catalogue, type TemplateEntry } from '../catalogue.ts';
import type { Locale, Wording, WordingVersion } from '../model.ts';
import { letterHosts } from '../rendering/letter-hosts.ts';
import { checkWording } from '../rendering/render-rules.ts';
import { findWording, wordingWrites } from '../repository/wordings.ts';
import { brokenWording, templateNamed, toWordingView, type WordingView } from './wording-view.ts';

interface EditWording extends Actor {
  readonly template: string;
  readonly locale: Locale;
  readonly wording: Wording;
  /** Version of the wording in force which the editor saw; 0: the version shipped with the product. */
  readonly ifMatch: number;
  readonly idempotency: Idempotency;
}

const stale = (cause?: unknown): AppError =>
  new AppError('stale', 'stale', 'The wording was changed meanwhile.', { cause });

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
 * Puts another wording in force and keeps the former ones. It is tried before: what could not be rendered for everybody is
 * refused. Throws `template-not-found`, `template-admin-only`, `template-manager-only` (403), `template-broken` naming each part, `stale`.
 */
export const editWording = async (rt: Runtime, edit: EditWording): Promise<WordingView> => {
  const template = templateNamed(edit.template);
  const entry = catalogue[template];
  const { locale, wording, ifMatch, caller, idempotency } = edit;
  if (!caller.roles.includes(entry.link === undefined ? 'manager' : 'admin')) throw notTheirs(entry);
  const broken = checkWording(entry, locale, { wording, hosts: letterHosts(rt) });
  if (broken.length > 0) throw brokenWording(broken);
  const before = await findWording(rt, template, locale);
  if ((before?.version ?? 0) !== ifMatch) throw stale();
  const at = instant(rt.clock.nowMs());
  const after: WordingVersion = {
    ...wording,
    template,
    locale,
    version: ifMatch + 1,
    at,
    actorId: caller.id,
  };
  const view = toWordingView({ template, locale }, after);
  await commit(rt, {
    writes: wordingWrites(rt, after),
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
