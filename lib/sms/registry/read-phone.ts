import { AppError } from '../../platform/errors.ts';
import { parsePhone } from '../../platform/phone.ts';

/** A phone for a registry, as E.164. Landlines may stand there as well. Throws `phone-invalid` (422). */
export const storedPhone = (text: string, country?: string): string => {
  const parsed = parsePhone(text, country);
  if (parsed.kind === 'invalid')
    throw new AppError('unprocessable', 'phone-invalid', 'This is not a phone number.');
  return parsed.phone;
};
