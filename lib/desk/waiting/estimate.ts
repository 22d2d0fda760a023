// @pure

import { epochMs, type Instant } from '../../platform/clock.ts';
import type { Line } from '../model.ts';

/** Spread is measured on runs of the requested length, but so many of them must fit into what was seen. */
const MIN_RUNS = 8;
/** 90 % quantile of Student's t for 8 degrees of freedom: the spread itself is an estimate from some 8 runs. */
const T_90 = 1.397;
/** How many runs the expectation weighs that tickets leave the line at random (Poisson). */
const PRIOR_RUNS = 4;

export interface Estimate {
  readonly fromSec: number;
  readonly toSec: number;
}

/** One of the desk's last assignments. */
export interface PastAssignment {
  readonly at: Instant;
  /** When the ticket was created. */
  readonly createdAt: Instant;
}

interface Served {
  readonly atMs: number;
  readonly createdMs: number;
}

const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0);

const served = (assignments: readonly PastAssignment[]): Served[] =>
  assignments
    .map(({ at, createdAt }) => ({ atMs: epochMs(at), createdMs: epochMs(createdAt) }))
    .sort((a, b) => a.atMs - b.atMs || a.createdMs - b.createdMs);

/**
 * The most assignments that follow each other in the order of creation (a longest increasing subsequence, Fredman 1975).
 * Left out are those that overtook and those that came back: to everyone in line both only took time.
 */
const inTurn = (all: readonly Served[]): Served[] => {
  const before = new Map<Served, Served | undefined>();
  /** At index n the chain of n + 1 assignments that ends with the earliest creation. */
  const ends: Served[] = [];
  for (const each of all) {
    const place = 1 + ends.findLastIndex((end) => end.createdMs <= each.createdMs);
    before.set(each, ends[place - 1]);
    ends[place] = each;
  }
  const chain: Served[] = [];
  for (let each = ends.at(-1); each; each = before.get(each)) chain.push(each);
  return chain.reverse();
};

/** Milliseconds from step to step while somebody waited: the next in turn had come before the step began. */
const busyIntervals = (steps: readonly Served[], turns: readonly Served[]): number[] => {
  let next = 0;
  return steps.slice(1).flatMap((end, index) => {
    const start = steps[index] ?? end;
    while ((turns[next]?.atMs ?? Number.POSITIVE_INFINITY) < end.atMs) next += 1;
    const waitingSince = Math.min(end.createdMs, turns[next]?.createdMs ?? Number.POSITIVE_INFINITY);
    return waitingSince <= start.atMs ? [end.atMs - start.atMs] : [];
  });
};

/**
 * Index of dispersion for intervals (Cox and Lewis, 1966): variance of a run's length over that of a Poisson process,
 * from runs of up to `position` intervals that overlap.
 */
const dispersion = (intervals: readonly number[], position: number): number => {
  const count = intervals.length;
  const length = Math.max(1, Math.min(position, Math.floor(count / MIN_RUNS)));
  const mean = sum(intervals) / count;
  if (count < MIN_RUNS || mean === 0) return 1;
  const ends = [0];
  for (const each of intervals) ends.push((ends.at(-1) ?? 0) + each);
  const squares = ends.slice(length).map((end, index) => (end - (ends[index] ?? 0) - length * mean) ** 2);
  // What the deviations lose because the mean is taken from the same intervals.
  const lost = count / (count - length);
  const found = ((sum(squares) / squares.length) * lost) / (length * mean ** 2);
  const runs = count / length;
  return (found * runs + PRIOR_RUNS) / (runs + PRIOR_RUNS);
};

/** Quantile of a gamma distribution of mean 1 (Wilson and Hilferty, 1931), `deviations` from the middle. */
const gammaQuantile = (shape: number, deviations: number): number =>
  Math.max(0, 1 - 1 / (9 * shape) + deviations / (3 * Math.sqrt(shape))) ** 3;

/**
 * When a waiting ticket may be assigned, from the desk's last assignments: a range meant to hold four waits of five.
 * `position` 1 is next. `undefined` with fewer than
 * `minIntervals`: nothing honest can be said then.
 *
 * The wait is a sum of `position` intervals like those of late, so its expectation is `position` times their mean and
 * its variance that of as many intervals, plus that of a mean taken from only `n` of them (a prediction interval):
 * `position · mean² · dispersion · (1 + position / n)`. A gamma distribution with these two gives the range. For Poisson
 * departures it approximates the exact F-interval.
 *
 * Only intervals in which somebody waited count: in the others the desk waited for a ticket. For the new line they
 * reach from turn to turn, so that what overtakes is in them; an urgent or orphaned ticket is taken to be overtaken by
 * nobody. One interval of the mean of all is added for a desk where almost nobody waited: there the range is wide.
 *
 * Measured (docs/measurements.md, "Estimated waits"): with a constant staff it holds 79 to 92 % of the waits, but 74 to
 * 76 % far back where a few tickets take very long. It uses the past and not who is there now: just after half the desk
 * has left it is too low, and too high just after many came.
 */
export const estimateWait = (
  assignments: readonly PastAssignment[],
  { position, line, minIntervals }: { position: number; line: Line; minIntervals: number },
): Estimate | undefined => {
  const all = served(assignments);
  const count = all.length - 1;
  if (count < minIntervals || position < 1) return undefined;
  const turns = inTurn(all);
  const intervals = busyIntervals(line === 'new' ? turns : all, turns);
  const anyMs = ((all.at(-1)?.atMs ?? 0) - (all[0]?.atMs ?? 0)) / count;
  const known = intervals.length + 1;
  const waitSec = (position * (sum(intervals) + anyMs)) / known / 1000;
  const shape = 1 / (dispersion(intervals, position) * (1 / position + 1 / known));
  return {
    fromSec: Math.floor(waitSec * gammaQuantile(shape, -T_90)),
    toSec: Math.ceil(waitSec * gammaQuantile(shape, T_90)),
  };
};
