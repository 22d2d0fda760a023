import { randomInt } from 'node:crypto';
import type { Clock } from '../../../lib/platform/clock.ts';
import type { Ids } from '../../../lib/platform/ids.ts';

/** A Monday morning, so that tests read well and never depend on the day they run. */
export const TEST_EPOCH_MS = Date.UTC(2026, 0, 5, 8);

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  #nowMs: number;

  constructor(startMs: number = TEST_EPOCH_MS) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** Whoever sleeps gets the time he slept for, at once. */
  async sleep(ms: number): Promise<void> {
    this.#nowMs += Math.ceil(ms); // a backoff with jitter sleeps fractions
  }

  /** Never backwards. */
  moveTo(ms: number): void {
    this.#nowMs = Math.max(this.#nowMs, ms);
  }

  move(ms: number): void {
    this.moveTo(this.#nowMs + ms);
  }
}

const hex = (value: number | bigint, digits: number): string =>
  value.toString(16).padStart(digits, '0').slice(-digits);

// Random, as one store serves all test files: an id met twice would be a request token met twice.
const firstWorld = BigInt(randomInt(2 ** 47));
let worlds = 0n;

/**
 * UUIDv7s from the given clock that rise even within a millisecond, as systems under test may sort by (time, id).
 * Each call makes a sequence of its own: two tests in one database never meet. `random` repeats from run to run.
 */
export function risingIds(clock: Clock): Ids {
  const world = hex(firstWorld + worlds++, 12);
  let count = 0;
  let state = 0x2545f491;
  return {
    next(prefix) {
      const time = hex(clock.nowMs(), 12);
      const number = hex(count++, 6);
      return `${prefix}_${time.slice(0, 8)}-${time.slice(8)}-7${number.slice(0, 3)}-8${number.slice(3)}-${world}`;
    },
    random() {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) / 2 ** 32;
    },
  };
}
