import { limitSettings } from '../../lib/desk/catalogue.ts';
import type { Estimate, PastAssignment } from '../../lib/desk/waiting/estimate.ts';

export const MIN_INTERVALS = limitSettings.settings.estimateMinIntervals.initial;

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.round((sorted.length - 1) * share)] ?? 0;

/** What the product's range is measured against: the middle 80 % of what as many assignments in a row took. */
export const plainRange = (
  assignments: readonly PastAssignment[],
  position: number,
): Estimate | undefined => {
  const times = assignments.map((each) => Date.parse(each.at) / 1000);
  const intervals = times.length - 1;
  if (intervals < MIN_INTERVALS) return undefined;
  const length = Math.min(position, Math.floor(intervals / 2));
  const sums = times
    .slice(length)
    .map((end, index) => end - (times[index] ?? end))
    .sort((a, b) => a - b);
  const scale = position / length;
  return { fromSec: Math.floor(at(sums, 0.1) * scale), toSec: Math.ceil(at(sums, 0.9) * scale) };
};
