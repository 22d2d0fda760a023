import fc from 'fast-check';
import { type Estimate, estimateWait, type PastAssignment } from '../../../lib/desk/waiting/estimate.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const MIN_INTERVALS = 20;
const START_MS = Date.UTC(2026, 0, 5, 8);
const clockAt = (sec: number) => instant(START_MS + Math.round(sec * 1000));

interface Past {
  readonly atSec: number;
  readonly createdSec: number;
}
const pastOf = (list: readonly Past[]): PastAssignment[] =>
  list.map(({ atSec, createdSec }) => ({ at: clockAt(atSec), createdAt: clockAt(createdSec) }));

/** Assignments with these seconds between them, each ticket having waited so long. */
const line = (intervalsSec: readonly number[], waitedSec = 3600): Past[] => {
  let atSec = 10_000;
  return [0, ...intervalsSec].map((sec) => {
    atSec += sec;
    return { atSec, createdSec: atSec - waitedSec };
  });
};
const every = (sec: number, count: number) => Array.from({ length: count }, () => sec);
const estimate = (list: readonly Past[], position: number, of: 'new' | 'urgent' = 'new') => {
  const range = estimateWait(pastOf(list), { position, line: of, minIntervals: MIN_INTERVALS });
  if (!range) throw new Error('an estimate was expected');
  return range;
};
const width = ({ fromSec, toSec }: Estimate) => toSec - fromSec;
const exponential = (random: () => number, mean: number) => -Math.log(1 - random()) * mean;

/** How many of many waits lay in the range told before, on a line that moves at random. */
const coverage = (position: number, seen: number): number => {
  const random = seededRandom(position * 1000 + seen);
  const interval = () => exponential(random, 30);
  const trials = Array.from({ length: 200 }, () => {
    const { fromSec, toSec } = estimate(line(Array.from({ length: seen }, interval)), position);
    const wait = Array.from({ length: position }, interval).reduce((a, b) => a + b, 0);
    return wait >= fromSec && wait <= toSec;
  });
  return trials.filter(Boolean).length / trials.length;
};

describe('estimateWait', () => {
  test('R-DESK-10 position: says nothing with fewer than 20 intervals', () => {
    const place = { position: 1, line: 'new', minIntervals: MIN_INTERVALS } as const;
    expect(estimateWait(pastOf(line(every(10, MIN_INTERVALS - 1))), place)).toBeUndefined();
    expect(estimateWait(pastOf(line(every(10, MIN_INTERVALS))), place)).toBeDefined();
    expect(estimateWait([], place)).toBeUndefined();
    const bold = { ...place, minIntervals: 5 };
    expect(estimateWait(pastOf(line(every(10, 5))), bold)).toBeDefined();
    expect(estimateWait(pastOf(line(every(10, 4))), bold)).toBeUndefined();
  });

  test.each([1, 7, 25, 99])(
    'R-DESK-10 position: a line that moves evenly gives a range about position times interval (%i)',
    (position) => {
      const { fromSec, toSec } = estimate(line(every(60, 199)), position);
      expect(fromSec).toBeLessThan(position * 60);
      expect(toSec).toBeGreaterThan(position * 60);
      expect(toSec - fromSec).toBeLessThan(position * 60 * 0.75);
    },
  );

  test.each([
    [1, 199],
    [20, 199],
    [80, 199],
    [5, 40],
  ])(
    'R-DESK-10 position: holds four of five waits on a line that moves at random (%i of %i)',
    (position, seen) => {
      expect(coverage(position, seen)).toBeGreaterThan(0.77);
      expect(coverage(position, seen)).toBeLessThan(0.9);
    },
  );

  test('R-DESK-10 position: a line that moves in fits and starts widens the range', () => {
    const uneven = Array.from({ length: 200 }, (_, index) => (index % 40 < 20 ? 2 : 58));
    expect(width(estimate(line(uneven), 20))).toBeGreaterThan(2 * width(estimate(line(every(30, 200)), 20)));
  });

  test('R-DESK-10 position: fewer intervals widen the range', () => {
    expect(width(estimate(line(every(30, 25)), 20))).toBeGreaterThan(
      width(estimate(line(every(30, 199)), 20)),
    );
  });

  test('R-DESK-10 position: time in which nobody waited does not count', () => {
    const busy = line(every(10, 60));
    const quiet = [1, 2, 3].map((index) => ({ atSec: index * 2000, createdSec: index * 2000 }));
    const { fromSec, toSec } = estimate([...quiet, ...busy], 3);
    expect(fromSec).toBeGreaterThan(10);
    expect(toSec).toBeLessThan(120);
  });

  test('R-DESK-10 position: where nobody ever waited the range is wide and begins now', () => {
    expect(estimate(line(every(12, 20), 0), 1)).toEqual({ fromSec: 0, toSec: 36 });
  });

  test('R-DESK-10 position: what overtakes the new line takes its time, not that of the urgent line', () => {
    const overtaken = line(every(10, 150)).map((each, index) =>
      index % 3 === 0 ? { ...each, createdSec: each.atSec } : each,
    );
    const ordinary = estimate(overtaken, 20, 'new');
    const urgent = estimate(overtaken, 20, 'urgent');
    expect(ordinary.fromSec + ordinary.toSec).toBeGreaterThan(1.4 * (urgent.fromSec + urgent.toSec));
    expect(urgent.fromSec).toBeLessThan(200);
    expect(urgent.toSec).toBeGreaterThan(200);
  });

  test('R-DESK-10 position: a ticket that came back hours later does not hide that the others went in turn', () => {
    const straight = line(every(10, 150));
    const withReturn = straight.map((each, index) => (index === 140 ? { ...each, createdSec: 0 } : each));
    const told = estimate(straight, 10);
    const found = estimate(withReturn, 10);
    expect(Math.abs(found.toSec - told.toSec)).toBeLessThan(0.1 * told.toSec);
    expect(Math.abs(found.fromSec - told.fromSec)).toBeLessThan(0.1 * told.toSec);
  });

  test('R-DESK-10 position: the order in which assignments are given does not matter', () => {
    const past = line([...every(1, 15), ...every(9, 15)]);
    expect(estimate(past.toReversed(), 4)).toEqual(estimate(past, 4));
  });

  test('R-DESK-10 position: a range never begins after its end, nor before now', () => {
    const seconds = fc.integer({ min: 0, max: 600 });
    const past = fc.array(fc.tuple(seconds, seconds), { minLength: MIN_INTERVALS + 1, maxLength: 200 });
    fc.assert(
      fc.property(past, fc.integer({ min: 1, max: 100 }), (list, position) => {
        let atSec = 0;
        const assignments = list.map(([sec, waitedSec]) => {
          atSec += sec;
          return { atSec, createdSec: atSec - waitedSec };
        });
        const range = estimate(assignments, position);
        expect(range.fromSec).toBeGreaterThanOrEqual(0);
        expect(range.toSec).toBeGreaterThanOrEqual(range.fromSec);
      }),
    );
  });
});
