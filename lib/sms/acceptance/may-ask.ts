import { AppError } from '../../platform/errors.ts';
import type { SmsCategory } from '../model.ts';

/** What a caller over HTTP wants to send. */
export interface AskedFor {
  readonly category: SmsCategory;
}

/**
 * What nobody may ask for over HTTP. Throws `otp-of-sign-in` (422): messages of category `otp` pass every rule by day and by
 * night, so only sign-in sends them, by an event (R-SMS-06).
 */
export const mustMayAsk = ({ category }: AskedFor): void => {
  if (category !== 'otp') return;
  throw new AppError('unprocessable', 'otp-of-sign-in', 'Only sign-in sends codes: nobody can ask for one.');
};
