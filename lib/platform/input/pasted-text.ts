import * as z from 'zod';

/** What copying from a page, a messenger or a spreadsheet leaves around and between the characters somebody meant. */

/**
 * Shown by nothing: formats, joiners, marks of direction, variation selectors, fillers (Unicode's
 * Default_Ignorable_Code_Point), and what else is in category Cf.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const SPACE = /[\s\p{Zs}]+/gu;
/** Typographic dashes and the minus, which is no dash by its category. */
const DASH = /[\p{Pd}\u2212]/gu;
const DIGIT = /\p{Nd}/u;
const EVERY_DIGIT = /\p{Nd}/gu;

export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '');

/**
 * A decimal digit of any script as 0 to 9. Digits of a script follow one another from its zero, and runs of several
 * sets begin with a zero as well: promised since Unicode 6.3 (UAX #44, General_Category Nd).
 */
const asciiDigit = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
};

/** Digits of every script as ASCII ones: `٧٩١٦`, `७९`, `７９` → `7916`, `79`, `79`. */
export const withAsciiDigits = (text: string): string => text.replace(EVERY_DIGIT, asciiDigit);

/**
 * A line typed or pasted where numbers are expected: nothing invisible, ASCII digits, `-` for every dash, one space
 * for every run of spaces, none at the ends.
 */
export const plainLine = (text: string): string =>
  withAsciiDigits(withoutInvisible(text)).replace(DASH, '-').replace(SPACE, ' ').trim();

/** Spaces, controls, what is invisible by nature, and the braille pattern without dots. */
const NOTHING_SEEN = /^[\p{Z}\p{Cc}\p{Cf}\p{Cs}\s\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether a reader would see nothing: spaces, zero-width characters, Hangul fillers, an empty braille cell. */
export const isBlank = (text: string): boolean => NOTHING_SEEN.test(text);

/**
 * Text of at most so many characters (code points, as JSON Schema counts: an emoji is one, a family of them several)
 * of which something is seen. Kept exactly as it came.
 */
export const textUpTo = (maxChars: number) =>
  z
    .string()
    .min(1)
    .refine((text) => text.length <= maxChars || [...text].length <= maxChars, {
      message: `must have at most ${maxChars} characters`,
    })
    .refine((text) => !isBlank(text), 'must not be blank')
    .meta({ maxLength: maxChars });

/** A remark or reason: text without the spaces around it. */
export const noteUpTo = (maxChars: number) => textUpTo(maxChars).trim();

/** A code of digits as people type or paste it: `123 456`, `123-456`, `١٢٣٤٥٦`, with invisible marks. */
export const typedCode = (digits: number) =>
  z
    .string()
    .max(64)
    .overwrite((text) => plainLine(text).replace(/[ -]/g, ''))
    .regex(new RegExp(`^[0-9]{${digits}}$`), `is ${digits} digits`);
