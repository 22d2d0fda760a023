import { serverNow } from '../../api/server-clock.ts';

/** In memory alone: a page that is closed leaves nothing behind. */
export interface AccessToken {
  readonly value: string;
  /** By the server's clock. */
  readonly expiresAtMs: number;
}

const RENEW_BEFORE_MS = 60_000;

/** @returns the token, unless it is time for another */
export const fresh = (token: AccessToken | undefined, nowMs = serverNow()): AccessToken | undefined =>
  token && token.expiresAtMs - RENEW_BEFORE_MS > nowMs ? token : undefined;

/** @returns the token as long as it is accepted, though it may be time for another */
export const accepted = (token: AccessToken | undefined, nowMs = serverNow()): AccessToken | undefined =>
  token && token.expiresAtMs > nowMs ? token : undefined;
