import fc from 'fast-check';
import { RECENT_NUMBERS, taking } from '../../../lib/desk/core/executor.ts';
import { packedNumbers, unpackedNumbers } from '../../../lib/desk/core/recent-numbers.ts';
import { executorWith } from './desk-items.ts';

/** Rising numbers of one desk, from whatever number on. */
const turns = fc
  .tuple(fc.nat(10_000), fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 300 }))
  .map(([first, steps]) =>
    steps.map((_, index) => first + steps.slice(0, index + 1).reduce((a, b) => a + b, 0)),
  );

/** One assignment after the other. */
const dealt = (numbers: readonly number[]) =>
  numbers.reduce(
    (executor, number) => taking(executor, [{ id: `tkt_${number}`, urgent: false }], [number]),
    executorWith({ rank: 0, recentNumbers: [] }),
  );

describe('the numbers somebody was dealt of late', () => {
  test('R-DESK-12 are those of theirs among the two hundred up to their last', () => {
    fc.assert(
      fc.property(turns, (numbers) => {
        const { rank, recentNumbers } = dealt(numbers);
        const last = numbers.at(-1) ?? 0;
        expect(rank).toBe(last);
        expect(recentNumbers).toEqual(numbers.filter((number) => number > last - 200));
      }),
    );
  });

  test('R-DESK-12 a share of several tickets brings all its numbers, a manual decision none', () => {
    const before = executorWith({ rank: 3, recentNumbers: [1, 3] });
    expect(taking(before, [], [9, 5, 7])).toMatchObject({ rank: 9, recentNumbers: [1, 3, 5, 7, 9] });
    expect(taking(before, [{ id: 'tkt_x', urgent: true }])).toMatchObject({ rank: 3, recentNumbers: [1, 3] });
  });

  test('R-DESK-12 are stored in twenty-five bytes at most and read again as they were', () => {
    fc.assert(
      fc.property(turns, (numbers) => {
        const { rank, recentNumbers = [] } = dealt(numbers);
        const bytes = packedNumbers(recentNumbers, rank);
        expect(bytes.length).toBeLessThanOrEqual(RECENT_NUMBERS / 8);
        expect(unpackedNumbers(bytes, rank)).toEqual(recentNumbers);
      }),
    );
  });

  test('R-DESK-12 of somebody who was dealt all two hundred are all there', () => {
    const numbers = Array.from({ length: 200 }, (_, index) => 501 + index);
    expect(unpackedNumbers(packedNumbers(numbers, 700), 700)).toEqual(numbers);
    expect(packedNumbers(numbers, 700)).toHaveLength(25);
    expect(unpackedNumbers(packedNumbers([], 0), 0)).toEqual([]);
    expect(unpackedNumbers(undefined, 700)).toEqual([]);
  });
});
