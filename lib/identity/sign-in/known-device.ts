import { createHash, randomBytes } from 'node:crypto';
import { type Instant, plusSeconds } from '../../platform/clock.ts';
import type { KnownDevice } from '../model.ts';

/** `rdd_` and 32 random bytes as base64url. */
export const DEVICE_TOKEN = /^rdd_[A-Za-z0-9_-]{43}$/;
const TOKEN_BYTES = 32;
/** Devices of one phone. The oldest one leaves: so do those of whoever had the number before. */
const MAX_DEVICES = 5;
const KNOWN_FOR_SEC = 180 * 24 * 3600;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const lineOf = (hash: string): string => `DEVICE#${hash}`;

export const newDeviceToken = (): string => `rdd_${randomBytes(TOKEN_BYTES).toString('base64url')}`;

/** The line of codes of the device that holds this token; undefined for a token that this phone's devices do not have. */
export const knownDevice = (
  devices: readonly KnownDevice[],
  token: string | undefined,
): string | undefined => {
  const hash = token === undefined ? undefined : hashOf(token);
  const device = devices.find((each) => each.hash === hash);
  return device && lineOf(device.hash);
};

/** The devices after a sign-in: the new token replaces the one whose line the code came by. */
export const withDevice = (
  devices: readonly KnownDevice[],
  { token, line, now }: { token: string; line: string; now: Instant },
): KnownDevice[] => {
  const others = devices.filter(
    ({ hash, at }) => lineOf(hash) !== line && plusSeconds(at, KNOWN_FOR_SEC) > now,
  );
  return [{ hash: hashOf(token), at: now }, ...others].slice(0, MAX_DEVICES);
};
