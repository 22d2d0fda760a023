import fc from 'fast-check';
import { estimateWait, MIN_INTERVALS } from '../../../lib/desk/insight/estimate-rules.ts';
import { instant } from '../../../lib/platform/clock.ts';

const START_MS = Date.UTC(2026, 0, 5, 8);
/** Instants with these seconds between them. */
const timesOf = (intervalsSec: readonly number[]): string[] => {
  const times = [START_MS];
  for (const sec of intervalsSec) times.push((times.at(-1) ?? START_MS) + sec * 1000);
  return times.map(instant);
};
const every = (sec: number, count: number) => Array.from({ length: count }, () => sec);

describe('estimateWait', () => {
  test('R-DESK-10 position: says nothing with fewer than 20 intervals', () => {
    expect(estimateWait(timesOf(every(10, MIN_INTERVALS - 1)), 1)).toBeUndefined();
    expect(estimateWait(timesOf(every(10, MIN_INTERVALS)), 1)).toEqual({ fromSec: 10, toSec: 10 });
    expect(estimateWait([], 1)).toBeUndefined();
  });

  test('R-DESK-10 position: a steady desk gives position times interval, beyond what was seen too', () => {
    for (const position of [1, 7, 25, 50, 99]) {
      const expected = position * 6;
      expect(estimateWait(timesOf(every(6, 50)), position)).toEqual({ fromSec: expected, toSec: expected });
    }
  });

  test('R-DESK-10 position: the range leaves out a tenth on either side', () => {
    // 100 intervals of 1 … 100 s in any order: the middle 80 % of them.
    const shuffled = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);
    expect(estimateWait(timesOf(shuffled), 1)).toEqual({ fromSec: 10, toSec: 91 });
  });

  test('R-DESK-10 position: the order in which assignments are given does not matter', () => {
    const times = timesOf([...every(1, 15), ...every(9, 15)]);
    expect(estimateWait(times.toReversed(), 4)).toEqual(estimateWait(times, 4));
  });

  test('R-DESK-10 position: a range never begins after its end, nor before now', () => {
    const intervals = fc.array(fc.integer({ min: 0, max: 600 }), {
      minLength: MIN_INTERVALS,
      maxLength: 199,
    });
    fc.assert(
      fc.property(intervals, fc.integer({ min: 1, max: 100 }), (seconds, position) => {
        const range = estimateWait(timesOf(seconds), position);
        expect(range?.fromSec).toBeGreaterThanOrEqual(0);
        expect(range?.toSec).toBeGreaterThanOrEqual(range?.fromSec ?? Number.NaN);
      }),
    );
  });

  test('R-DESK-10 position: holds what it promises on a steady random desk', () => {
    // Exponential intervals, seeded: the wait for position 5 lies in the range in about four of five cases.
    let state = 12345;
    const random = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const interval = () => -Math.log(1 - random()) * 30;
    let inside = 0;
    const trials = 600;
    for (let trial = 0; trial < trials; trial += 1) {
      const range = estimateWait(timesOf(Array.from({ length: 199 }, interval)), 5);
      const wait = Array.from({ length: 5 }, interval).reduce((a, b) => a + b, 0);
      if (range && wait >= range.fromSec && wait <= range.toSec) inside += 1;
    }
    expect(inside / trials).toBeGreaterThan(0.72);
    expect(inside / trials).toBeLessThan(0.88);
  });
});
