// @pure

import { Liquid } from 'liquidjs';
import type { Locale } from '../model.ts';

/** Words alone: nothing that reads a file, tells the time, or hands text to HTML unescaped (`raw` as a filter). */
const FILTERS = new Set([
  'append',
  'capitalize',
  'default',
  'downcase',
  'first',
  'join',
  'last',
  'minus',
  'plus',
  'prepend',
  'size',
  'strip',
  'truncate',
  'upcase',
]);
const TAGS = new Set(['assign', 'case', 'comment', 'for', 'if', 'unless']);

const MAX_TEMPLATE_CHARS = 20_000;
const MAX_RENDER_MS = 500;
/** Of what one rendering may put together; liquidjs counts characters and items alike. */
const MAX_MEMORY = 1_000_000;

const keepOnly = (registry: Record<string, unknown>, names: ReadonlySet<string>): void => {
  for (const name of Object.keys(registry)) if (!names.has(name)) delete registry[name];
};

const pluralFilter = (locale: Locale) => {
  const rules = new Intl.PluralRules(locale);
  const places: Readonly<Record<Locale, readonly Intl.LDMLPluralRule[]>> = {
    ru: ['one', 'few', 'many'],
    en: ['one', 'other'],
  };
  /** `{{ count | plural: 'ответ', 'ответа', 'ответов' }}`, `{{ count | plural: 'reply', 'replies' }}`. */
  return (count: number, ...forms: string[]): string =>
    forms[Math.max(0, places[locale].indexOf(rules.select(count)))] ?? forms.at(-1) ?? '';
};

/**
 * A template engine for one language. With `html` whatever a template prints is escaped, and there is no way around it.
 * An unknown variable, filter or tag is an error, not an empty text.
 */
const createEngine = (locale: Locale, html: boolean): Liquid => {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    parseLimit: MAX_TEMPLATE_CHARS,
    renderLimit: MAX_RENDER_MS,
    memoryLimit: MAX_MEMORY,
    ...(html && { outputEscape: 'escape' as const }),
  });
  engine.registerFilter('plural', pluralFilter(locale));
  keepOnly(engine.filters, new Set([...FILTERS, 'plural']));
  keepOnly(engine.tags, TAGS);
  return engine;
};

const engines = new Map<string, Liquid>();

export const engineFor = (locale: Locale, html: boolean): Liquid => {
  const name = `${locale} ${html}`;
  const known = engines.get(name) ?? createEngine(locale, html);
  engines.set(name, known);
  return known;
};
