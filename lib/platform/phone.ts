import { type CountryCode, parsePhoneNumberWithError } from 'libphonenumber-js/max';

/** A phone as somebody wrote it, understood. `phone` is E.164: `+79161234567`. */
export type ParsedPhone =
  | { readonly kind: 'mobile'; readonly phone: string; readonly country?: string; readonly dialCode: string }
  /** A real number that takes no SMS: a landline, a toll-free or premium one. */
  | { readonly kind: 'not-mobile'; readonly phone: string }
  | { readonly kind: 'invalid' };

/** Longer than any notation of 15 digits that a person would write. */
export const MAX_PHONE_CHARS = 40;
/** Digits of every script, and what people put between them. */
export const PHONE_CHARS = /^[+＋\p{Nd}\s()./·‐-―-]+$/u;

/** The North American plan does not tell mobiles from landlines. */
const TAKES_SMS = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);
/** Most of the world dials 00 where a plus is written; those who dial otherwise have it in the numbering plan. */
const DIALLED_PLUS = /^[\s(]*(?:00|００|٠٠)/u;

/**
 * Reads a phone in E.164, in any international notation (`+`, `00`) or, given a default country, in that country's
 * own (`8 (916) 123-45-67`). Numbering plans: libphonenumber-js/max, Google's metadata. Never throws.
 */
export const parsePhone = (text: string, defaultCountry?: string): ParsedPhone => {
  if (text.length > MAX_PHONE_CHARS || !PHONE_CHARS.test(text)) return { kind: 'invalid' };
  try {
    const number = parsePhoneNumberWithError(text.replace(DIALLED_PLUS, '+'), {
      ...(defaultCountry && { defaultCountry: defaultCountry as CountryCode }),
      extract: false,
    });
    if (!number.isValid() || number.ext) return { kind: 'invalid' };
    if (!TAKES_SMS.has(number.getType() ?? '')) return { kind: 'not-mobile', phone: number.number };
    const { number: phone, country, countryCallingCode: dialCode } = number;
    return { kind: 'mobile', phone, dialCode, ...(country && { country }) };
  } catch {
    return { kind: 'invalid' };
  }
};
