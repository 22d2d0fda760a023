import fc from 'fast-check';
import { Agenda } from '../../../lib/replay/agenda.ts';
import { firstFrom, inForce, snapped } from '../../../lib/replay/case.ts';
import { limits } from '../desk/desk-items.ts';

const whens = fc.array(fc.record({ atMs: fc.nat({ max: 8 }), rank: fc.nat({ max: 2 }) }), { maxLength: 60 });

describe('what is to happen in a simulation', () => {
  test('R-DESK-12 happens by time, at one instant by rank, then in the order it was put down', () => {
    fc.assert(
      fc.property(whens, (list) => {
        const agenda = new Agenda();
        const seen: number[] = [];
        for (const [turn, when] of list.entries()) agenda.put(when, () => seen.push(turn));
        agenda.runUntil(8);
        const turns = list.map((when, turn) => ({ ...when, turn }));
        turns.sort((a, b) => a.atMs - b.atMs || a.rank - b.rank || a.turn - b.turn);
        expect(seen).toEqual(turns.map(({ turn }) => turn));
      }),
    );
  });

  test('R-DESK-12 happens up to the end of the stretch and no further', () => {
    const agenda = new Agenda();
    const seen: number[] = [];
    for (const atMs of [30, 10, 21, 20]) agenda.put({ atMs, rank: 0 }, (nowMs) => seen.push(nowMs));
    agenda.runUntil(20);
    expect(seen).toEqual([10, 20]);
    agenda.runUntil(40);
    expect(seen).toEqual([10, 20, 21, 30]);
  });

  test('R-DESK-12 can put more down, for now and for later', () => {
    const agenda = new Agenda();
    const seen: string[] = [];
    const note = (word: string) => (nowMs: number) => void seen.push(`${word} ${nowMs}`);
    agenda.put({ atMs: 10, rank: 0 }, (nowMs) => {
      note('first')(nowMs);
      agenda.put({ atMs: 15, rank: 0 }, note('between'));
      agenda.put({ atMs: nowMs, rank: 9 }, note('at once'));
    });
    agenda.put({ atMs: 20, rank: 0 }, note('last'));
    agenda.runUntil(20);
    expect(seen).toEqual(['first 10', 'at once 10', 'between 15', 'last 20']);
  });
});

describe('a case of a replay', () => {
  test('R-DESK-12 lowers the urgent cap with the cap, and raises it only when told to', () => {
    expect(inForce(limits, { maxTicketsPerExecutor: 1 })).toEqual({
      ...limits,
      maxTicketsPerExecutor: 1,
      maxUrgentTicketsPerExecutor: 1,
    });
    expect(inForce(limits, { maxTicketsPerExecutor: 9 })).toMatchObject({ maxUrgentTicketsPerExecutor: 2 });
    expect(inForce(limits, {})).toEqual(limits);
  });

  test('R-DESK-12 finds the day’s next look by halving, as a search from the front would', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 20 }), fc.nat({ max: 31 }), (list, atMs) => {
        const sorted = list.toSorted((a, b) => a - b);
        expect(firstFrom(sorted, atMs)).toBe(sorted.find((each) => each >= atMs));
      }),
    );
  });

  test('R-DESK-12 a timer takes the day’s own instant when that is within five seconds', () => {
    expect([5000, 14_999, 15_000, 15_001, 4999].map((day) => snapped(10_000, day))).toEqual([
      5000, 14_999, 15_000, 10_000, 10_000,
    ]);
    expect(snapped(10_000, undefined)).toBe(10_000);
  });
});
