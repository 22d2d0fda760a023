import { AppError } from '../../platform/errors.ts';
import { type Mobile, readMobile } from '../../platform/input/phone.ts';
import type { SignInSettings } from '../settings/catalogue.ts';
import { mayComeFrom } from './sign-in-code.ts';

/**
 * A phone as somebody wrote it, as one that may sign in here. Throws `phone-invalid`, `phone-not-mobile`, `phone-country`
 * (of one that may not).
 */
export const readPhone = (text: string, settings: SignInSettings): Mobile => {
  const mobile = readMobile(text, settings.defaultCountry ?? undefined);
  if (mayComeFrom(settings, mobile.country)) return mobile;
  const message = 'is of a country whose phones are not taken here';
  throw new AppError('unprocessable', 'phone-country', message, {
    details: [{ path: 'body.phone', message }],
  });
};
