// @pure

import type { Limits, LimitValues } from '../desk/model.ts';
import { type DayState, type Outside, TIMER_SLACK_MS, type Visit } from './day.ts';
import type { Fare } from './moved.ts';
import type { Dealt, Outcome } from './outcome.ts';
import type { Series } from './series.ts';
import type { Typical } from './visit.ts';

/** A stretch of a desk's life, and under which limits to live it again. */
export interface ReplayCase {
  readonly fromMs: number;
  readonly toMs: number;
  readonly start: DayState;
  /** What came from outside within the stretch, in order. */
  readonly outside: readonly Outside[];
  readonly visits: ReadonlyMap<string, readonly Visit[]>;
  readonly promotions: ReadonlyMap<string, readonly number[]>;
  /** When the day's dispatcher decided, in order; and how long it usually took to. */
  readonly plannedAtMs: readonly number[];
  readonly planDelayMs: number;
  readonly firstNumber: number;
  readonly typical: Typical;
  readonly override: Partial<LimitValues>;
}

export interface Simulated {
  readonly outcome: Outcome;
  readonly sequence: readonly Dealt[];
  readonly series: Series;
  /** By ticket, its first wait. */
  readonly fares: ReadonlyMap<string, Fare>;
  /** Assigned tickets of which the day does not know how long they take: they took as long as the median did. */
  readonly guessed: number;
}

/** What comes first at the same millisecond. */
export const RANK = { count: -1, limits: 0, timer: 1, presence: 2, arrived: 3, outside: 4, plan: 9 } as const;

/** Limits with some replaced; the urgent cap never above the cap. */
export const inForce = (limits: Limits, override: Partial<LimitValues>): Limits => {
  const all = { ...limits, ...override };
  const urgent = Math.min(all.maxUrgentTicketsPerExecutor, all.maxTicketsPerExecutor);
  return { ...all, maxUrgentTicketsPerExecutor: urgent };
};

/** The first of some sorted instants that is not before another; by halving. */
export const firstFrom = (sorted: readonly number[], atMs: number): number | undefined => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
};

/** The day's own instant when a simulated timer fires close to it. */
export const snapped = (atMs: number, day: number | undefined): number =>
  day !== undefined && Math.abs(day - atMs) <= TIMER_SLACK_MS ? day : atMs;
