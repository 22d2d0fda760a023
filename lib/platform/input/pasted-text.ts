/** What copying from a page, a messenger or a spreadsheet leaves around and between the characters somebody meant. */

/**
 * Shown by nothing: formats, joiners, marks of direction, variation selectors, fillers (Unicode's
 * Default_Ignorable_Code_Point), and what else stands in category Cf.
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
 * A line typed or pasted where numbers are asked for: nothing invisible, ASCII digits, `-` for every dash, one space
 * for every run of spaces, none at the ends.
 */
export const plainLine = (text: string): string =>
  withAsciiDigits(withoutInvisible(text)).replace(DASH, '-').replace(SPACE, ' ').trim();
