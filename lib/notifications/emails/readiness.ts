// @pure

import { epochMs, type Instant, plusSeconds } from '../../platform/clock.ts';
import type { Notification } from '../model.ts';

/** Longer than the function may run: a hand-off begun before that is nobody's any more. */
const CLAIM_SEC = 60;
/** Waits after the first refusals; the last one repeats. Greylisting needs 1 to 15 minutes. */
const WAITS_SEC = [60, 300, 900] as const;
/** About four hours in all. */
export const MAX_ATTEMPTS = 18;

export type Readiness =
  /** Hand it off now. */
  | 'ready'
  /** There is nothing to do: it is past this attempt, or past all of them. */
  | 'nothing'
  /** Another delivery of this message is at it right now. */
  | 'in-hand'
  /** Whoever began has not come back: whether the e-mail went out, nobody knows. */
  | 'abandoned'
  | 'expired';

/** What to do with an e-mail when a message says that this attempt is due. */
export const readinessOf = (notification: Notification, attempt: number, now: Instant): Readiness => {
  const { state, attempts, claimedAt = '', validUntil } = notification;
  if (state === 'composed') {
    if (attempts >= attempt) return 'nothing';
    return now > validUntil ? 'expired' : 'ready';
  }
  if (state !== 'sending' || attempts !== attempt) return 'nothing';
  return epochMs(now) - epochMs(claimedAt) < CLAIM_SEC * 1000 ? 'in-hand' : 'abandoned';
};

/** When to try again after a temporary refusal; undefined when it has been tried enough, or would come too late. */
export const retryAt = ({ attempts, validUntil }: Notification, now: Instant): Instant | undefined => {
  if (attempts >= MAX_ATTEMPTS) return undefined;
  const waitSec = WAITS_SEC[Math.min(attempts, WAITS_SEC.length) - 1] ?? WAITS_SEC[0];
  const at = plusSeconds(now, waitSec);
  return at > validUntil ? undefined : at;
};
