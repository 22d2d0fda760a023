import { AppError } from '../../platform/errors.ts';
import { type ParsedPhone, parsePhone } from '../../platform/phone.ts';
import type { SignInSettings } from '../model.ts';
import { mayComeFrom } from './code-rules.ts';

export type Mobile = Extract<ParsedPhone, { kind: 'mobile' }>;

const refused = (code: string, message: string): AppError =>
  new AppError('unprocessable', code, message, { details: [{ path: 'body.phone', message }] });

/**
 * A phone as somebody wrote it, as one that takes SMS. Throws `phone-invalid`, `phone-not-mobile` (a landline, a toll-free
 * number), `phone-country` (one that may not sign in here).
 */
export const readPhone = (text: string, settings: SignInSettings): Mobile => {
  const parsed = parsePhone(text, settings.defaultCountry ?? undefined);
  if (parsed.kind === 'invalid') {
    throw refused(
      'phone-invalid',
      'is not a phone number; write it with its country code, for example +79161234567',
    );
  }
  if (parsed.kind === 'not-mobile')
    throw refused('phone-not-mobile', 'takes no SMS; a mobile number is needed');
  if (mayComeFrom(settings, parsed.country)) return parsed;
  throw refused('phone-country', 'is of a country whose phones are not taken here');
};
