import type { Caller, KeyBinding } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import { mustSeeEntity } from '../key-access.ts';
import type { SmsCategory } from '../model.ts';

/** What a caller over HTTP wants to send. */
export interface SmsToSend {
  readonly entityId: string;
  readonly category: SmsCategory;
}

const refuseCodes = (category: SmsCategory, message: string): void => {
  if (category === 'otp') throw new AppError('unprocessable', 'otp-of-sign-in', message);
};

/** Throws `otp-of-sign-in` (422): whoever cancels codes keeps people out, admins among them. */
export const mustMayCancel = ({ category }: Pick<SmsToSend, 'category'>): void =>
  refuseCodes(category, 'A sign-in code is not cancelled: it expires in minutes.');

/**
 * What a caller over HTTP may request. Throws `otp-of-sign-in` (422): messages of category `otp` pass every rule by day and by
 * night, so only sign-in sends them, by an event (R-SMS-06); `legal-entity-not-found` (404) and `category-not-allowed` (403) for
 * what a machine's key is not bound to.
 */
export const mustMaySend = (caller: Caller, { entityId, category }: SmsToSend): void => {
  refuseCodes(category, 'Only sign-in sends codes: nobody can request one.');
  mustSeeEntity(caller, entityId);
  if (caller.binding && !caller.binding.categories.includes(category)) {
    throw new AppError(
      'forbidden',
      'category-not-allowed',
      `This key may not send messages of category ${category}.`,
    );
  }
};

/** Throws `country-not-allowed` (403): a key that leaked must not send to premium numbers far away. */
export const mustMayReach = (
  { countries }: KeyBinding,
  { country, home }: { readonly country: string; readonly home: string | undefined },
): void => {
  if ((countries ?? [home]).includes(country)) return;
  throw new AppError('forbidden', 'country-not-allowed', `This key may not send to numbers of ${country}.`);
};
