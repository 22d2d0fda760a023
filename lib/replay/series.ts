// @pure

import { type Line, lines } from '../desk/model.ts';
import { DAY_MS, quantile } from '../desk/rules.ts';

/** What one line did, step by step. */
export interface LineSeries {
  /** Came into the line in this step, from another line too. */
  readonly arrivals: readonly number[];
  /** Stood in it as the step ended. */
  readonly waitingAtEnd: readonly number[];
  /** Of the waits that ended in this step and had begun in this line; null where none did. */
  readonly waitP95Sec: readonly (number | null)[];
  /** Waited beyond the line's limit: the new line's were promoted, the others' managers alerted. */
  readonly breaches: readonly number[];
}

export type Series = Readonly<Record<Line, LineSeries>>;

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
/** Up to here a step is a quarter of an hour; what is longer, 31 days at most, goes by the hour. */
const BY_QUARTERS_MS = 7 * DAY_MS;

export const stepMsOf = (fromMs: number, toMs: number): number =>
  toMs - fromMs <= BY_QUARTERS_MS ? QUARTER_MS : HOUR_MS;

const tenths = (sec: number): number => Math.round(sec * 10) / 10;

const p95Of = (waitsMs: readonly number[]): number | null => {
  if (waitsMs.length === 0) return null;
  return tenths(
    quantile(
      waitsMs.map((ms) => ms / 1000).sort((a, b) => a - b),
      0.95,
    ),
  );
};

interface Step {
  arrivals: number;
  waitingAtEnd: number;
  breaches: number;
  readonly waitsMs: number[];
}

const emptySteps = (count: number): Step[] =>
  Array.from({ length: count }, () => ({ arrivals: 0, waitingAtEnd: 0, breaches: 0, waitsMs: [] }));

const seriesOf = (steps: readonly Step[]): LineSeries => ({
  arrivals: steps.map(({ arrivals }) => arrivals),
  waitingAtEnd: steps.map(({ waitingAtEnd }) => waitingAtEnd),
  waitP95Sec: steps.map(({ waitsMs }) => p95Of(waitsMs)),
  breaches: steps.map(({ breaches }) => breaches),
});

/** Collects a simulation's curves: each step has its beginning and not its end, only the last has both. */
export class SeriesTally {
  readonly #fromMs: number;
  readonly #stepMs: number;
  readonly #steps: Readonly<Record<Line, Step[]>>;
  /** Where each step but the last ends: what waits is to be counted then. */
  readonly endsMs: readonly number[];

  constructor(fromMs: number, toMs: number) {
    this.#fromMs = fromMs;
    this.#stepMs = stepMsOf(fromMs, toMs);
    const count = Math.max(1, Math.ceil((toMs - fromMs) / this.#stepMs));
    this.#steps = { orphaned: emptySteps(count), urgent: emptySteps(count), new: emptySteps(count) };
    this.endsMs = Array.from({ length: count - 1 }, (_, index) => fromMs + (index + 1) * this.#stepMs);
  }

  #step(line: Line, atMs: number): Step | undefined {
    const steps = this.#steps[line];
    const index = Math.floor((atMs - this.#fromMs) / this.#stepMs);
    return steps[Math.min(index, steps.length - 1)];
  }

  arrived(line: Line, atMs: number): void {
    const step = this.#step(line, atMs);
    if (step) step.arrivals += 1;
  }

  breached(line: Line, atMs: number): void {
    const step = this.#step(line, atMs);
    if (step) step.breaches += 1;
  }

  waited(line: Line, { sinceMs, atMs }: { sinceMs: number; atMs: number }): void {
    this.#step(line, atMs)?.waitsMs.push(atMs - sinceMs);
  }

  /** What waits as a step ends. */
  count(waiting: readonly { readonly line: Line }[], endMs: number): void {
    for (const { line } of waiting) {
      const step = this.#step(line, endMs - 1);
      if (step) step.waitingAtEnd += 1;
    }
  }

  series(): Series {
    return Object.fromEntries(lines.map((line) => [line, seriesOf(this.#steps[line])])) as Record<
      Line,
      LineSeries
    >;
  }
}
