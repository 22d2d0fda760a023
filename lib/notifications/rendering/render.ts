// @pure

import { commonVariables, type TemplateEntry } from '../catalogue.ts';
import type { BrokenPart, Channel, ContentPart, Locale, TemplateContent } from '../model.ts';
import { unsafeParts } from './content-policy.ts';
import { engineFor } from './engine.ts';
import { frameHtml, frameText, oneLine } from './frame.ts';

/** What a user gets: an e-mail whole, or the text of an SMS. */
export interface RenderedEmail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export type Rendering<T> =
  | { readonly kind: 'rendered'; readonly value: T }
  | { readonly kind: 'broken'; readonly broken: readonly BrokenPart[] };

export interface RenderInput {
  readonly locale: Locale;
  readonly content: TemplateContent;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Scope = RenderInput['variables'];

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

const renderPart = ({ locale, content, variables }: RenderInput, part: ContentPart): Rendering<string> => {
  const source = content[part];
  if (source === undefined) return { kind: 'broken', broken: [{ part, message: 'is missing' }] };
  try {
    const engine = engineFor(locale, part === 'html');
    return { kind: 'rendered', value: engine.parseAndRenderSync(source, { ...variables }) as string };
  } catch (error) {
    return { kind: 'broken', broken: [{ part, message: messageOf(error) }] };
  }
};

const brokenOf = (parts: readonly Rendering<string>[]): BrokenPart[] =>
  parts.flatMap((each) => (each.kind === 'broken' ? each.broken : []));

/** The e-mail in both forms, in its frame; or every part that is broken. */
export const renderEmail = (input: RenderInput): Rendering<RenderedEmail> => {
  const [subject, text, html] = [
    renderPart(input, 'subject'),
    renderPart(input, 'text'),
    renderPart(input, 'html'),
  ];
  if (subject.kind === 'broken' || text.kind === 'broken' || html.kind === 'broken') {
    return { kind: 'broken', broken: brokenOf([subject, text, html]) };
  }
  const { locale } = input;
  const line = oneLine(subject.value);
  return {
    kind: 'rendered',
    value: {
      subject: line,
      text: frameText({ locale, body: text.value }),
      html: frameHtml({ locale, subject: line, body: html.value }),
    },
  };
};

/** The text of an SMS: one line. */
export const renderSms = (input: RenderInput): Rendering<string> => {
  const sms = renderPart(input, 'sms');
  return sms.kind === 'broken' ? sms : { kind: 'rendered', value: oneLine(sms.value) };
};

/** Names that a template may use: those of its data, and the common ones. */
export const variablesOf = (entry: Pick<TemplateEntry, 'data' | 'link'>): string[] => [
  ...new Set([
    ...Object.keys(entry.data.shape),
    ...commonVariables.filter((each) => each !== 'link' || entry.link !== undefined),
  ]),
];

const unknownVariables = (source: string, locale: Locale, known: readonly string[]): string[] => {
  try {
    return engineFor(locale, false)
      .globalVariablesSync(source)
      .filter((each) => !known.includes(each));
  } catch {
    return []; // it does not parse, which rendering it says better
  }
};

const partsOf = (channels: readonly Channel[]): ContentPart[] => [
  'subject',
  'text',
  'html',
  ...(channels.includes('sms') ? (['sms'] as const) : []),
];

/** Found without running it, so that branches which the sample does not take are checked too. */
const badNames = (entry: TemplateEntry, locale: Locale, content: TemplateContent): BrokenPart[] => {
  const known = variablesOf(entry);
  return partsOf(entry.channels).flatMap((part) => {
    const unknown = unknownVariables(content[part] ?? '', locale, known);
    if (unknown.length === 0) return [];
    const message = `unknown variable ${unknown.join(', ')}; known are ${known.join(', ')}`;
    return [{ part, message }];
  });
};

const lostLinks = (entry: TemplateEntry, locale: Locale, content: TemplateContent): BrokenPart[] => {
  if (!entry.link) return [];
  const lacks = (part: 'text' | 'html') =>
    !engineFor(locale, false).globalVariablesSync(content[part]).includes('link');
  return (['text', 'html'] as const)
    .filter(lacks)
    .map((part) => ({ part, message: 'the e-mail is of no use without {{ link }}' }));
};

/** The sample, and the sample without what may be absent. */
const samplesOf = ({ data, sample, link }: TemplateEntry): Scope[] => {
  const optional = Object.entries(data.shape).filter(([, schema]) => schema.safeParse(undefined).success);
  const least = Object.entries(sample).filter(([name]) => !optional.some(([each]) => each === name));
  const common = { product: 'Rotadesk', ...(link && { link: 'https://rotadesk.example/link' }) };
  return [sample, Object.fromEntries(least)].map((each) => ({ ...common, ...each }));
};

/**
 * Why an edited template version is refused; empty when it may be used. It is parsed, its names are checked, and it is tried
 * on the catalogue's sample with and without what is optional; then where it may lead a reader is checked. `hosts`: those
 * that its addresses may name.
 */
export const checkContent = (
  entry: TemplateEntry,
  locale: Locale,
  { content, hosts }: { readonly content: TemplateContent; readonly hosts: readonly string[] },
): BrokenPart[] => {
  if (content.sms !== undefined && !entry.channels.includes('sms')) {
    return [{ part: 'sms', message: 'this template is never sent as SMS' }];
  }
  const named = badNames(entry, locale, content);
  if (named.length > 0) return named;
  for (const variables of samplesOf(entry)) {
    const parts = partsOf(entry.channels).map((part) => renderPart({ locale, content, variables }, part));
    const broken = brokenOf(parts);
    if (broken.length > 0) return broken;
  }
  const lost = lostLinks(entry, locale, content);
  return lost.length > 0 ? lost : unsafeParts(content, hosts);
};
