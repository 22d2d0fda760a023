import { type CountryCode, isSupportedCountry, parsePhoneNumberWithError } from 'libphonenumber-js/max';
import * as z from 'zod';
import { AppError } from '../errors.ts';
import { plainLine } from './pasted-text.ts';

/** A phone as somebody wrote it, understood. `phone` is E.164: `+79161234567`. */
export type ParsedPhone =
  | { readonly kind: 'mobile'; readonly phone: string; readonly country?: string; readonly dialCode: string }
  /** A real number that takes no SMS: a landline, a toll-free or premium one. */
  | { readonly kind: 'not-mobile'; readonly phone: string }
  | { readonly kind: 'invalid' };

export type Mobile = Extract<ParsedPhone, { kind: 'mobile' }>;

/** Longer than any notation of 15 digits, with the invisible marks that come along by pasting. */
const MAX_PHONE_CHARS = 100;

/** What a phone is written with once it is a plain line. Letters would be an extension, or a word dialled. */
const NOTATION = /^[+0-9 ()./·~-]+$/;
const FULL_WIDTH: Readonly<Record<string, string>> = {
  '＋': '+',
  '﹢': '+',
  '（': '(',
  '）': ')',
  '．': '.',
  '／': '/',
};

/** The North American plan does not tell mobiles from landlines. */
const TAKES_SMS = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);
/** Most of the world dials 00 where a plus is written; those who dial otherwise have it in the numbering plan. */
const DIALLED_PLUS = /^[ (]*00/;

const TEL_URI = /^tel:(?:\/\/)?([^;?]*)((?:;[^?]*)?)/i;

/**
 * The number of a tel: URI (RFC 3966): its global part, or its local part after a numeric `phone-context`. Other
 * parameters say nothing of the number; an extension or subaddress is no number that takes SMS. Else the text as it is.
 */
const withoutTel = (text: string): string | undefined => {
  const [, written, rest = ''] = TEL_URI.exec(text) ?? [];
  if (written === undefined) return text;
  const parameters = new Map(
    rest
      .slice(1)
      .split(';')
      .map((each) => each.toLowerCase().split('='))
      .map(([name = '', value = '']) => [name, value]),
  );
  if (parameters.has('ext') || parameters.has('isub')) return undefined;
  const number = decodeURIComponent(written);
  const context = decodeURIComponent(parameters.get('phone-context') ?? '');
  return context.startsWith('+') && !number.startsWith('+') ? `${context} ${number}` : number;
};

/** The number as libphonenumber reads it; undefined when it holds what no number does. */
const readable = (text: string): string | undefined => {
  const line = plainLine(text).replace(/[＋﹢（）．／]/g, (sign) => FULL_WIDTH[sign] ?? sign);
  const number = withoutTel(line);
  if (number === undefined || !NOTATION.test(number)) return undefined;
  return number.replace(DIALLED_PLUS, '+');
};

/**
 * Reads a phone in E.164, in any international notation (`+`, `00`, `tel:`) or, given a default country, in that
 * country's own (`8 (916) 123-45-67`); pasted marks, spaces, dashes and digits of every script are taken. Numbering
 * plans: libphonenumber-js/max, Google's metadata. Never throws.
 */
export const parsePhone = (text: string, defaultCountry?: string): ParsedPhone => {
  if (text.length > MAX_PHONE_CHARS) return { kind: 'invalid' };
  try {
    const written = readable(text);
    if (written === undefined) return { kind: 'invalid' };
    const number = parsePhoneNumberWithError(written, {
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

const refused = (code: string, message: string): AppError =>
  new AppError('unprocessable', code, message, { details: [{ path: 'body.phone', message }] });

/** A phone as somebody wrote it, as E.164; landlines as well. Throws `phone-invalid` (422). */
export const readPhone = (
  text: string,
  defaultCountry?: string,
): Exclude<ParsedPhone, { kind: 'invalid' }> => {
  const parsed = parsePhone(text, defaultCountry);
  if (parsed.kind !== 'invalid') return parsed;
  throw refused(
    'phone-invalid',
    'is not a phone number; write it with its country code, for example +79161234567',
  );
};

/** A phone that takes SMS. Throws `phone-invalid`, `phone-not-mobile` (a landline, a toll-free number), both 422. */
export const readMobile = (text: string, defaultCountry?: string): Mobile => {
  const parsed = readPhone(text, defaultCountry);
  if (parsed.kind === 'mobile') return parsed;
  throw refused('phone-not-mobile', 'takes no SMS; a mobile number is needed');
};

/** A phone as people send it. What it means is checked when it is read (422), with the country it is written in. */
export const phoneSchema = z
  .string()
  .min(1)
  .max(MAX_PHONE_CHARS)
  .meta({
    description:
      'E.164, any international notation (+, 00 or tel:, with spaces, brackets, dots, dashes, digits of any script), ' +
      'or that of the default country.',
    examples: ['+79161234567', '+7 916 123-45-67'],
  });

/** E.164 where a phone names something. In a path the plus may be left out: it would have to be written %2B. */
export const phonePathSchema = z.string().regex(/^\+?[1-9]\d{6,14}$/);

/** Whether a country has numbers: ISO 3166-1 as libphonenumber knows it, Kosovo (XK) and such included. */
export const isCountry = (code: string): boolean => isSupportedCountry(code);
