// @pure

import { derivedId } from '../../platform/derived-id.ts';
import type { SmsCategory } from '../model.ts';

/** Longest text: as long as Twilio takes. */
export const MAX_TEXT_CHARS = 1600;
const HOUR_SEC = 3600;
export const MAX_VALIDITY_SEC = 30 * 24 * HOUR_SEC;

/** How long a message is worth sending when nobody says. */
export const defaultValiditySec: Readonly<Record<SmsCategory, number>> = {
  otp: 300,
  transactional: 24 * HOUR_SEC,
  debt: 24 * HOUR_SEC,
  marketing: 24 * HOUR_SEC,
};

/** The id of the message requested under a key (R-SMS-01). */
export const smsIdOf = (requestedBy: string, key: string): string =>
  derivedId('sms', 'sms', requestedBy, key);
