import { epochMs, type Instant } from '../../platform/clock.ts';

/** With fewer intervals nothing honest can be said (R-DESK-10). */
export const MIN_INTERVALS = 20;
const LOW = 0.1;
const HIGH = 0.9;

export interface Estimate {
  readonly fromSec: number;
  readonly toSec: number;
}

/** Value at a share of a sorted list, interpolated between its neighbours (type 7 of Hyndman and Fan, 1996). */
export const quantile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
};

/** How long each run of `length` intervals that follow each other took, in milliseconds. */
const rollingSums = (timesMs: readonly number[], length: number): number[] =>
  timesMs.slice(length).map((end, index) => end - (timesMs[index] ?? end));

/**
 * When a ticket at `position` (1 is next) may be assigned, from the instants of the desk's last assignments: the middle
 * 80 % of what as many assignments in a row took. `undefined` with fewer than 20 intervals.
 *
 * Limits. It looks back and not at who is there now: just after half the desk has left it is too low. On a quiet desk
 * the intervals hold time in which nobody wrote, so it is too high. Urgent and orphaned tickets that come later still
 * go first. A position with more than half as many intervals as were seen is scaled up from the longest runs we have,
 * which widens the range more than needed: a sum of many intervals spreads less than in proportion to their number.
 */
export const estimateWait = (assignedAt: readonly Instant[], position: number): Estimate | undefined => {
  const timesMs = assignedAt.map(epochMs).sort((a, b) => a - b);
  const intervals = timesMs.length - 1;
  if (intervals < MIN_INTERVALS || position < 1) return undefined;
  const length = Math.min(position, Math.floor(intervals / 2));
  const sums = rollingSums(timesMs, length).sort((a, b) => a - b);
  const scale = position / length / 1000;
  return {
    fromSec: Math.floor(quantile(sums, LOW) * scale),
    toSec: Math.ceil(quantile(sums, HIGH) * scale),
  };
};
