// @pure

import { type Instant, plusSeconds } from '../../platform/clock.ts';

/** A key is published so long before it signs: every verifier has it by then, whatever it caches. */
export const PUBLISHED_BEFORE_SEC = 30 * 60;
/** A key stays published so long after it signed last: access tokens live ten minutes. */
export const PUBLISHED_AFTER_SEC = 24 * 3600;

export const keyStates = ['next', 'current', 'retired', 'gone'] as const;
export type KeyState = (typeof keyStates)[number];

/** Rotations are a month apart; a few days later one has not run. */
const OVERDUE_AFTER_SEC = 35 * 24 * 3600;

/** What a key does in each state. */
export const KEY_DUTIES: Readonly<
  Record<KeyState, { readonly published: boolean; readonly signs: boolean }>
> = {
  next: { published: true, signs: false },
  current: { published: true, signs: true },
  retired: { published: true, signs: false },
  gone: { published: false, signs: false },
};

/** When a key begins to sign decides everything: its successor's beginning is its end. */
export interface KeyTimes {
  readonly createdAt: Instant;
  readonly signsFrom: Instant;
}

/** States follow from the time alone, so a rotation is one write and nobody has to come back for the second step. */
export const stateOf = (keys: readonly KeyTimes[], key: KeyTimes, now: Instant): KeyState => {
  if (now < key.signsFrom) return 'next';
  const successor = keys
    .map(({ signsFrom }) => signsFrom)
    .filter((signsFrom) => signsFrom > key.signsFrom)
    .toSorted()[0];
  if (successor === undefined || now < successor) return 'current';
  return now < plusSeconds(successor, PUBLISHED_AFTER_SEC) ? 'retired' : 'gone';
};

export const keysThat = <K extends KeyTimes>(
  keys: readonly K[],
  duty: 'published' | 'signs',
  now: Instant,
): K[] => keys.filter((key) => KEY_DUTIES[stateOf(keys, key, now)][duty]);

/** Whether the newest key is older than any rotation would have left it. */
export const isOverdue = (keys: readonly KeyTimes[], now: Instant): boolean =>
  keys.length > 0 && keys.every(({ createdAt }) => plusSeconds(createdAt, OVERDUE_AFTER_SEC) <= now);

export type RotationDecision =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'add'; readonly signsFrom: Instant };

/**
 * Whether the rotation due at `since` adds a key: not when one was made since then, nor while one waits for its
 * turn. The first key signs at once: nobody holds keys of ours yet.
 */
export const decideRotation = (
  keys: readonly KeyTimes[],
  { since, now }: { since: Instant; now: Instant },
): RotationDecision => {
  if (keys.length === 0) return { kind: 'add', signsFrom: now };
  const busy = keys.some((key) => key.createdAt >= since || stateOf(keys, key, now) === 'next');
  return busy ? { kind: 'unchanged' } : { kind: 'add', signsFrom: plusSeconds(now, PUBLISHED_BEFORE_SEC) };
};
