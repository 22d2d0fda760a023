import { createHash } from 'node:crypto';
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

/**
 * The id of the message somebody asks for under a key: a UUIDv8 (RFC 9562, 5.8) of SHA-256 over both. The id being
 * derived, the message itself is the record of the key, and no repeat can make a second one (R-SMS-01).
 */
export const smsIdOf = (requestedBy: string, key: string): string => {
  const bytes = createHash('sha256').update(`sms\n${requestedBy}\n${key}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `sms_${parts.join('-')}`;
};
