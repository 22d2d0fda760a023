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

/**
 * A name as it is kept: composed (Unicode NFC), without what was brought along by pasting and without spaces and
 * marks of direction around it. Everything else stays exactly as it was written.
 */
export const cleanName = (text: string): string =>
  text.replace(BROUGHT_ALONG, '').replace(AROUND, '').normalize('NFC');

/** A name of a person or thing: one line of at most so many characters, cleaned by `cleanName`. */
export const nameUpTo = (maxChars: number): z.ZodString =>
  textUpTo(maxChars)
    .overwrite(cleanName)
    .refine((text) => !CONTROL.test(text), 'holds a line break or another control character');
