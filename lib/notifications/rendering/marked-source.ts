// @pure

import { Tokenizer, type TopLevelToken, TypeGuards } from 'liquidjs';
import { plainForm } from '../../platform/input/name.ts';

const { isHTMLToken, isOutputToken, isTagToken } = TypeGuards;

/** What a template's source prints where, one character each, of the private use area. */
export const LINK = '\uE000';
export const VALUE = '\uE001';
/** A tag of Liquid: the texts on its two sides may or may not be joined. */
export const TAG = '\uE002';

/** A source whose Liquid is marked, or why that cannot be done, in words. */
export type MarkedSource =
  | { readonly kind: 'marked'; readonly text: string }
  | { readonly kind: 'refused'; readonly message: string };

const STRINGS = /"[^"]*"|'[^']*'/g;
const MARKS = /[\uE000-\uE002]/;

/** What is between the braces. */
const contentOf = (token: TopLevelToken): string =>
  isOutputToken(token) || isTagToken(token) ? token.content : '';

const isLink = (token: TopLevelToken): boolean => isOutputToken(token) && token.content.trim() === 'link';

/** What a condition compares with is never printed. */
const CONDITIONS = new Set(['if', 'elsif', 'unless', 'case', 'when']);

/** Strings that are printed are part of the text, where they are checked: a string may not bring what makes an address of them. */
const bringsAddress = (token: TopLevelToken): boolean =>
  !(isTagToken(token) && CONDITIONS.has(token.name)) &&
  (contentOf(token).match(STRINGS) ?? []).some((string) => /[./:@]/.test(plainForm(string)));

const faultOf = (token: TopLevelToken): string | undefined => {
  const words = contentOf(token).replace(STRINGS, '');
  if (words.includes('[')) return `square brackets are not taken: ${token.getText()}`;
  if (bringsAddress(token)) return `a string holds none of . / : @: ${token.getText()}`;
  return /\blink\b/.test(words) && !isLink(token)
    ? `variable link stands alone, as {{ link }}: ${token.getText()}`
    : undefined;
};

const markOf = (token: TopLevelToken): string => {
  if (isHTMLToken(token)) return token.getContent();
  if (isLink(token)) return LINK;
  return isOutputToken(token) ? VALUE : TAG;
};

/**
 * The source with every output and tag of Liquid as one character, spaces cut as Liquid cuts them. The link may only be
 * printed as it is (`{{ link }}`): what a filter, an assignment or a loop makes of it could go anywhere. Names are not
 * made up at run time (`[…]`). Throws what Liquid throws for what it cannot read.
 */
export const markedSource = (source: string): MarkedSource => {
  if (MARKS.test(source)) return { kind: 'refused', message: 'holds characters of the private use area' };
  const tokens = new Tokenizer(source).readTopLevelTokens();
  const fault = tokens.map(faultOf).find((message) => message !== undefined);
  return fault === undefined
    ? { kind: 'marked', text: tokens.map(markOf).join('') }
    : { kind: 'refused', message: fault };
};
