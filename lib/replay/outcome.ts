// @pure

import { type Line, lines } from '../desk/model.ts';
import { type Fairness, fairnessOf, quantile } from '../desk/rules.ts';

/** Seconds. A wait is from entering a line to being assigned; a promotion or a change of urgency does not end it. */
export interface WaitStats {
  readonly count: number;
  readonly meanSec: number;
  readonly p50Sec: number;
  readonly p95Sec: number;
  readonly maxSec: number;
}

/** What came of a stretch of a desk's life: as it happened, or simulated. */
export interface Outcome {
  readonly waits: WaitStats;
  /** By the line in which the wait began. */
  readonly waitsByLine: Readonly<Record<Line, WaitStats>>;
  /** Assigned by the dispatcher, and by people. */
  readonly assigned: number;
  readonly assignedByPeople: number;
  /** Waited beyond their limit: moved to the urgent line; waited beyond it there, or as an orphan. */
  readonly promoted: number;
  readonly overdue: number;
  /** Not accepted in time. */
  readonly missed: number;
  readonly closed: number;
  /** Censored: their waits are not over, and not counted above. */
  readonly waitingAtEnd: number;
  readonly heldAtEnd: number;
  /** Of the dispatcher's assignments, among all who were online at some time. */
  readonly fairness: Fairness;
}

const tenths = (sec: number): number => Math.round(sec * 10) / 10;

const statsOf = (waitsMs: readonly number[]): WaitStats => {
  const sorted = waitsMs.map((ms) => ms / 1000).sort((a, b) => a - b);
  const sum = sorted.reduce((total, sec) => total + sec, 0);
  return {
    count: sorted.length,
    meanSec: tenths(sorted.length > 0 ? sum / sorted.length : 0),
    p50Sec: tenths(quantile(sorted, 0.5)),
    p95Sec: tenths(quantile(sorted, 0.95)),
    maxSec: tenths(sorted.at(-1) ?? 0),
  };
};

type Counter = 'assignedByPeople' | 'promoted' | 'overdue' | 'missed' | 'closed';

/** One ticket going to one executor by the dispatcher, in the order in which it decided. */
export interface Dealt {
  readonly ticketId: string;
  readonly executorId: string;
}

/** Collects what happens between two instants; what happens before is not counted. */
export class OutcomeTally {
  readonly #fromMs: number;
  readonly #waitsMs: Record<Line, number[]> = { orphaned: [], urgent: [], new: [] };
  readonly #counts: Record<Counter, number> = {
    assignedByPeople: 0,
    promoted: 0,
    overdue: 0,
    missed: 0,
    closed: 0,
  };
  readonly #perExecutor = new Map<string, number>();
  readonly #dealt: Dealt[] = [];

  constructor(fromMs: number) {
    this.#fromMs = fromMs;
  }

  count(counter: Counter, atMs: number): void {
    if (atMs >= this.#fromMs) this.#counts[counter] += 1;
  }

  waited(line: Line, wait: { sinceMs: number; atMs: number }): void {
    if (wait.atMs >= this.#fromMs) this.#waitsMs[line].push(wait.atMs - wait.sinceMs);
  }

  dealt(dealt: Dealt, atMs: number): void {
    if (atMs < this.#fromMs) return;
    this.#dealt.push(dealt);
    this.#perExecutor.set(dealt.executorId, (this.#perExecutor.get(dealt.executorId) ?? 0) + 1);
  }

  /** Somebody is online: they count for fairness even if they get nothing. */
  online(executorId: string): void {
    this.#perExecutor.set(executorId, this.#perExecutor.get(executorId) ?? 0);
  }

  get sequence(): readonly Dealt[] {
    return this.#dealt;
  }

  outcome(end: { waiting: number; held: number }): Outcome {
    return {
      waits: statsOf(lines.flatMap((line) => this.#waitsMs[line])),
      waitsByLine: {
        orphaned: statsOf(this.#waitsMs.orphaned),
        urgent: statsOf(this.#waitsMs.urgent),
        new: statsOf(this.#waitsMs.new),
      },
      assigned: this.#dealt.length,
      ...this.#counts,
      waitingAtEnd: end.waiting,
      heldAtEnd: end.held,
      fairness: fairnessOf([...this.#perExecutor.values()]),
    };
  }
}
