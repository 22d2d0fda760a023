import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import { type HttpEvent, header } from './request.ts';

/** 22 characters of base64url hold 132 bits. */
const TOKEN = /^[\w-]{22,128}$/;
const HEX = /^[0-9a-f]*$/i;
const HEX_CHARS = 32;
/** 122 bits of chance at most. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Sixteen bytes of chance have fewer different characters once in a million million times. */
const LEAST_DIFFERENT = 8;

const isStrong = (token: string): boolean =>
  TOKEN.test(token) &&
  !UUID.test(token) &&
  (!HEX.test(token) || token.length >= HEX_CHARS) &&
  new Set(token).size >= LEAST_DIFFERENT;

const HOW =
  'Device-Token: 16 random bytes or more as hex or base64url, made once by the device and kept there.';

/**
 * Whose idempotency keys an unknown caller's are: those of a random token that their device has made. Two devices never meet in
 * one key; neither the address (which changes between repeats) nor the body (which others may send too) could promise that.
 * The token itself is kept nowhere. `~` is part of no caller's id. Throws `device-token-required`, `malformed-device-token`.
 */
export const deviceOf = (event: HttpEvent): string => {
  const token = header(event, 'device-token')?.trim() ?? '';
  if (token === '') throw new AppError('invalid', 'device-token-required', `Send ${HOW}`);
  if (!isStrong(token)) throw new AppError('invalid', 'malformed-device-token', HOW);
  return `~${createHash('sha256').update(token).digest('base64url')}`;
};
