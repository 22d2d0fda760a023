// @pure

import type { Caps, DayHours, Hours, LawRules } from '../core/registry-model.ts';
import { minutesOf } from './local-time.ts';

/** Whether hours lie within others; no hours lie within any. */
export const isWithin = (inner: Hours | null, outer: Hours | null): boolean =>
  inner === null ||
  (outer !== null &&
    minutesOf(inner.from) >= minutesOf(outer.from) &&
    minutesOf(inner.to) <= minutesOf(outer.to));

const DAYS = ['workday', 'saturday', 'sunday', 'holiday'] as const;
export const PERIODS = ['perDay', 'perWeek', 'perMonth'] as const;

const looserHours = (before: DayHours | undefined, after: DayHours | undefined): boolean =>
  before !== undefined && (after === undefined || DAYS.some((day) => !isWithin(after[day], before[day])));

/** Whether any period may hold more than before; a cap that is gone may hold any number. */
export const looserCaps = (before: Caps = {}, after: Caps = {}): boolean =>
  PERIODS.some(
    (period) => (after[period] ?? Number.POSITIVE_INFINITY) > (before[period] ?? Number.POSITIVE_INFINITY),
  );

type Demands = Pick<LawRules, 'hours' | 'caps' | 'consent' | 'optOut'>;

/**
 * In what a version of a law is looser than the one it follows; empty: in nothing. What it allows then, the other allowed as
 * well (R-SMS-06).
 */
export const looserIn = (before: Demands, after: Demands): readonly string[] => [
  ...(looserHours(before.hours, after.hours) ? ['hours'] : []),
  ...(looserCaps(before.caps, after.caps) ? ['caps'] : []),
  ...(before.consent && !after.consent ? ['consent'] : []),
  ...(before.optOut && !after.optOut ? ['optOut'] : []),
];
