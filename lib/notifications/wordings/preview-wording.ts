import { publicUrl } from '../../platform/config.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { catalogue, PRODUCT } from '../catalogue.ts';
import type { Locale, Wording } from '../model.ts';
import { letterHosts } from '../rendering/letter-hosts.ts';
import { checkWording, type RenderedLetter, renderLetter, renderSms } from '../rendering/render-rules.ts';
import { findWording } from '../repository/wordings.ts';
import { brokenWording, templateNamed } from './wording-view.ts';

interface PreviewWording {
  readonly template: string;
  readonly locale: Locale;
  /** Absent: the wording in force. */
  readonly wording?: Wording | undefined;
  /** Absent: the catalogue's sample. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

export type Preview = RenderedLetter & { readonly sms?: string };

const badData = (issues: readonly { path: PropertyKey[]; message: string }[]): AppError =>
  new AppError('unprocessable', 'template-data', 'The data does not fit the template.', {
    details: issues.map(({ path, message }) => ({
      path: ['body.data', ...path.map(String)].join('.'),
      message,
    })),
  });

/** What a person would get, without anybody getting it. Throws `template-not-found`, `template-broken`, `template-data`. */
export const previewWording = async (rt: Runtime, preview: PreviewWording): Promise<Preview> => {
  const template = templateNamed(preview.template);
  const entry = catalogue[template];
  const { locale } = preview;
  const hosts = letterHosts(rt);
  const broken = preview.wording ? checkWording(entry, locale, { wording: preview.wording, hosts }) : [];
  if (broken.length > 0) throw brokenWording(broken);
  const wording = preview.wording ?? (await findWording(rt, template, locale)) ?? entry.shipped[locale];
  const data = entry.data.safeParse(preview.data ?? entry.sample);
  if (!data.success) throw badData(data.error.issues);
  const link = entry.link && publicUrl(rt.env) + entry.link.replace('{token}', 'PREVIEW');
  const input = { locale, wording, variables: { ...data.data, product: PRODUCT, ...(link && { link }) } };
  const letter = renderLetter(input);
  if (letter.kind === 'broken') throw brokenWording(letter.broken);
  if (!entry.channels.includes('sms')) return letter.value;
  const sms = renderSms(input);
  if (sms.kind === 'broken') throw brokenWording(sms.broken);
  return { ...letter.value, sms: sms.value };
};
