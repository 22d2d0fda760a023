// @pure

import { epochMs, type Instant, instant } from '../../platform/clock.ts';
import type { Attempt, Sms } from '../model.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A hand-off that has said nothing for so long has crashed: the provider answers within ten seconds or not at all. */
export const CRASHED_MS = 30_000;
/** After this nobody waits any more (R-SMS-02). */
export const UNRESOLVED_MS = 72 * HOUR;
/** A provider that does not know our id now may still have the request under way; so long after hand-off it has not. */
export const ABSENT_MS = 5 * MINUTE;

/** Reports come by themselves as a rule; queries are for what was lost, and grow rare. Ages at which one is sent, ms. */
const AGES: readonly number[] = [1, 3, 10, 30, 60, 120, 240, 480, 960, 1440, 2160, 2880, 3600, 4320].map(
  (minutes) => minutes * MINUTE,
);
/** A lost answer is queried sooner. */
const LOST_AGES: readonly number[] = [MINUTE / 4, ...AGES];

/**
 * When a message handed over at `startedAt` is queried next; at the 72nd hour at the latest. `canQuery`: there is an id to
 * query by; without one only the end is waited for.
 */
export const nextQueryAt = (
  startedAt: Instant,
  nowMs: number,
  { lost, canQuery }: { lost: boolean; canQuery: boolean },
): Instant => {
  const startedMs = epochMs(startedAt);
  const ages = lost ? LOST_AGES : AGES;
  const next = canQuery ? ages.find((age) => startedMs + age > nowMs) : undefined;
  return instant(Math.max(nowMs, startedMs + Math.min(next ?? UNRESOLVED_MS, UNRESOLVED_MS)));
};

export const isUnresolved = (attempt: Attempt, nowMs: number): boolean =>
  epochMs(attempt.startedAt) + UNRESOLVED_MS <= nowMs;

/** What a question at this moment does: an attempt that says nothing any more is lost first. */
export const isCrashed = (sms: Sms, attempt: Attempt, nowMs: number): boolean =>
  sms.state === 'sending' && attempt.state === 'sending' && epochMs(attempt.startedAt) + CRASHED_MS <= nowMs;

/** Ids by which an attempt can be queried. */
export const statusRefsOf = (attempt: Attempt, ownId: boolean): readonly string[] => {
  if (attempt.providerIds.length > 0) return attempt.providerIds;
  return ownId ? [attempt.id] : [];
};
