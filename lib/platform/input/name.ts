import type * as z from 'zod';
import { textUpTo } from './pasted-text.ts';

/**
 * What pasting brings and a name never needs: soft hyphen, zero-width space, directional embeddings, overrides and
 * isolates, word joiner and invisible operators, byte order mark, interlinear annotation. Joiners stay (Persian
 * spelling, emoji families), as do variation selectors, tags (flags) and the marks LRM, RLM and ALM.
 */
const BROUGHT_ALONG = /[\u00AD\u200B\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;
const AROUND = /^[\s\u200E\u200F\u061C]+|[\s\u200E\u200F\u061C]+$/gu;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
/** A scheme, `www.`, or a domain with a path, a query or a port behind it. */
const ADDRESS = /:\/\/|(?<![\p{L}\p{N}])www\.|[\p{L}\p{N}]\.\p{L}[\p{L}\p{N}-]+(?::\d|[/?#])/iu;
/** `evil.example` and `a@evil.example`, but not initials: `J.R.R.Tolkien`. */
const DOTTED = /[\p{L}\p{N}-]{2}\.[\p{L}\p{N}-]{2}|[\p{L}\p{N}]\.\p{Ll}[\p{L}\p{N}-]|@/u;

/** As programs that detect addresses read it: full-width letters, slashes and every kind of dot are the plain ones. */
export const plainForm = (text: string): string => text.normalize('NFKC').replaceAll(/[\u3002\uFF61]/g, '.');

const readsAsAddress = (text: string): boolean => ADDRESS.test(plainForm(text));

/**
 * Whether a mail program may make a link of it by itself, as many do of any word with a dot inside. Stricter than what a name
 * may be: a firm may be called by its domain, but a letter to an address that somebody typed carries no such name.
 */
export const mayBecomeLink = (text: string): boolean => readsAsAddress(text) || DOTTED.test(plainForm(text));

/**
 * A name as it is kept: composed (Unicode NFC), without what was brought along by pasting and without spaces and
 * marks of direction around it. Everything else stays exactly as it was written.
 */
export const cleanName = (text: string): string =>
  text.replace(BROUGHT_ALONG, '').replace(AROUND, '').normalize('NFC');

/** A name of a user or thing: one line of at most so many characters, no web address, cleaned by `cleanName`. */
export const nameUpTo = (maxChars: number): z.ZodString =>
  textUpTo(maxChars)
    .overwrite(cleanName)
    .refine((text) => !CONTROL.test(text), 'holds a line break or another control character')
    .refine((text) => !readsAsAddress(text), 'reads as a web address');
