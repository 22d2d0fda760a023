import { publicUrl } from '../../platform/config.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { catalogue, PRODUCT } from '../catalogue.ts';
import type { Locale, TemplateContent } from '../model.ts';
import { emailHosts } from '../rendering/email-hosts.ts';
import { checkContent, type RenderedEmail, renderEmail, renderSms } from '../rendering/render.ts';
import { findTemplateVersion } from './template-version-repository.ts';
import { brokenTemplate, templateNamed } from './template-version-view.ts';

interface PreviewTemplate {
  readonly template: string;
  readonly locale: Locale;
  /** Absent: the template version in force. */
  readonly content?: TemplateContent | undefined;
  /** Absent: the catalogue's sample. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

export type Preview = RenderedEmail & { readonly sms?: string };

const badData = (issues: readonly { path: PropertyKey[]; message: string }[]): AppError =>
  new AppError('unprocessable', 'template-data', 'The data does not fit the template.', {
    details: issues.map(({ path, message }) => ({
      path: ['body.data', ...path.map(String)].join('.'),
      message,
    })),
  });

/** What a user would get, without anything being sent. Throws `template-not-found`, `template-broken`, `template-data`. */
export const previewTemplate = async (rt: Runtime, preview: PreviewTemplate): Promise<Preview> => {
  const template = templateNamed(preview.template);
  const entry = catalogue[template];
  const { locale } = preview;
  const hosts = emailHosts(rt);
  const broken = preview.content ? checkContent(entry, locale, { content: preview.content, hosts }) : [];
  if (broken.length > 0) throw brokenTemplate(broken);
  const content =
    preview.content ?? (await findTemplateVersion(rt, template, locale)) ?? entry.shipped[locale];
  const data = entry.data.safeParse(preview.data ?? entry.sample);
  if (!data.success) throw badData(data.error.issues);
  const link = entry.link && publicUrl(rt.env) + entry.link.replace('{token}', 'PREVIEW');
  const input = { locale, content, variables: { ...data.data, product: PRODUCT, ...(link && { link }) } };
  const email = renderEmail(input);
  if (email.kind === 'broken') throw brokenTemplate(email.broken);
  if (!entry.channels.includes('sms')) return email.value;
  const sms = renderSms(input);
  if (sms.kind === 'broken') throw brokenTemplate(sms.broken);
  return { ...email.value, sms: sms.value };
};
