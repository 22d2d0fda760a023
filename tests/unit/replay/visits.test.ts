import type { Visit } from '../../../lib/replay/day.ts';
import { partOf, typicalOf } from '../../../lib/replay/visit.ts';

const T_MS = 1_000_000;
const typical = { acceptAfterMs: 10_000, closeAfterMs: 300_000 };

const visit = (executorId: string, given: Partial<Visit> = {}): Visit => ({
  executorId,
  atMs: T_MS,
  turns: [],
  ...given,
});
const closedAfter = (afterMs: number) => ({ kind: 'closed', afterMs }) as const;

const part = (visits: readonly Visit[], executorId: string, atMs = T_MS, used = new Set<number>()) =>
  partOf(visits, { executorId, atMs, used, typical });

describe('how long things usually took', () => {
  test('R-DESK-12 is the median of the day’s visits', () => {
    const of = (acceptAfterMs: number, afterMs: number) =>
      visit('a', { acceptAfterMs, end: closedAfter(afterMs) });
    const visits = [
      [of(9, 900), of(100, 10)],
      [of(10, 90)],
      [visit('a', { end: { kind: 'declined', afterMs: 1 } })],
    ];
    expect(typicalOf(visits)).toEqual({ acceptAfterMs: 10, closeAfterMs: 90 });
  });

  test('R-DESK-12 is ten seconds and five minutes when the day has none', () => {
    expect(typicalOf([])).toEqual(typical);
  });
});

describe('a ticket in the hand it came into on the day', () => {
  test('R-DESK-12 goes through all they did, as long after as on the day', () => {
    const own = visit('a', {
      acceptAfterMs: 100,
      turns: [
        { kind: 'park', afterMs: 200 },
        { kind: 'return', afterMs: 300 },
      ],
      end: closedAfter(400),
    });
    const later = T_MS + 60_000;
    expect(part([own], 'a', later)).toEqual({
      sinceMs: later,
      steps: [
        { kind: 'park', atMs: later + 200 },
        { kind: 'return', atMs: later + 300 },
        { kind: 'accept', atMs: later + 100 },
        { kind: 'close', atMs: later + 400 },
      ],
      guessed: false,
    });
  });

  test('R-DESK-12 that came at almost the same time, keeps the day’s own instants, but none before it came', () => {
    const own = visit('a', { acceptAfterMs: 100, end: closedAfter(5000) });
    const nearly = (offMs: number) => part([own], 'a', T_MS + offMs);
    expect(nearly(2000)).toMatchObject({
      sinceMs: T_MS,
      steps: [
        { kind: 'accept', atMs: T_MS + 2000 },
        { kind: 'close', atMs: T_MS + 5000 },
      ],
    });
    expect(nearly(-2000).sinceMs).toBe(T_MS);
    expect(nearly(2001).sinceMs).toBe(T_MS + 2001);
    expect(nearly(-2001).sinceMs).toBe(T_MS - 2001);
  });

  test.each([
    ['declined', 'decline'],
    ['left', 'leave'],
    ['closed', 'close'],
  ] as const)('R-DESK-12 that ended as %s, ends so again', (kind, step) => {
    const own = visit('a', { end: { kind, afterMs: 700 } });
    expect(part([own], 'a')).toEqual({
      sinceMs: T_MS,
      steps: [{ kind: step, atMs: T_MS + 700 }],
      guessed: false,
    });
  });

  test('R-DESK-12 that they missed, has the instant of the miss and no step', () => {
    const own = visit('a', { end: { kind: 'missed', afterMs: 700 } });
    expect(part([own], 'a')).toEqual({ sinceMs: T_MS, steps: [], missedAtMs: T_MS + 700, guessed: false });
  });

  test('R-DESK-12 that was taken from them, takes them as long as whoever closed it, should they keep it', () => {
    const taken = visit('a', { acceptAfterMs: 100, end: { kind: 'taken', afterMs: 700 } });
    const closer = visit('b', { atMs: T_MS + 900, end: closedAfter(50) });
    expect(part([taken, closer], 'a').steps).toEqual([
      { kind: 'accept', atMs: T_MS + 100 },
      { kind: 'close', atMs: T_MS + 750 },
    ]);
    expect(part([taken], 'a').steps).toEqual([{ kind: 'accept', atMs: T_MS + 100 }]);
  });

  test('R-DESK-12 that has not left it by the end of what is known, has no end', () => {
    expect(part([visit('a')], 'a').steps).toEqual([]);
  });

  test('R-DESK-12 a second time, goes through their second visit, and then as in another’s hand', () => {
    const visits = [
      visit('a', { end: { kind: 'declined', afterMs: 10 } }),
      visit('b'),
      visit('a', { end: closedAfter(20) }),
    ];
    const used = new Set<number>();
    const kinds = () => part(visits, 'a', T_MS, used).steps.map(({ kind }) => kind);
    expect(kinds()).toEqual(['decline']);
    expect(kinds()).toEqual(['close']);
    expect(used).toEqual(new Set([0, 2]));
    expect(kinds()).toEqual(['accept', 'close']);
  });
});

describe('a ticket in another hand than on the day', () => {
  test('R-DESK-12 takes as long as with the one who closed it, turns and all, and is never refused', () => {
    const visits = [
      visit('a', { acceptAfterMs: 1, end: { kind: 'declined', afterMs: 10 } }),
      visit('b', { acceptAfterMs: 100, turns: [{ kind: 'park', afterMs: 200 }], end: closedAfter(400) }),
      visit('a', { acceptAfterMs: 2, end: { kind: 'taken', afterMs: 10 } }),
    ];
    expect(part(visits, 'c', T_MS + 5)).toEqual({
      sinceMs: T_MS + 5,
      steps: [
        { kind: 'park', atMs: T_MS + 205 },
        { kind: 'accept', atMs: T_MS + 105 },
        { kind: 'close', atMs: T_MS + 405 },
      ],
      guessed: false,
    });
  });

  test('R-DESK-12 that nobody closed, is accepted as by the last who did, and stays', () => {
    const visits = [
      visit('a', { acceptAfterMs: 5 }),
      visit('b', { acceptAfterMs: 7, turns: [{ kind: 'park', afterMs: 9 }] }),
      visit('d'),
    ];
    expect(part(visits, 'c')).toEqual({
      sinceMs: T_MS,
      steps: [
        { kind: 'park', atMs: T_MS + 9 },
        { kind: 'accept', atMs: T_MS + 7 },
      ],
      guessed: false,
    });
  });

  test('R-DESK-12 of which nothing is known, takes the usual time, and that is said', () => {
    const steps = [
      { kind: 'accept', atMs: T_MS + 10_000 },
      { kind: 'close', atMs: T_MS + 300_000 },
    ];
    expect(part([], 'c')).toEqual({ sinceMs: T_MS, steps, guessed: true });
    expect(part([visit('a', { end: { kind: 'missed', afterMs: 1 } })], 'c')).toEqual({
      sinceMs: T_MS,
      steps,
      guessed: true,
    });
  });

  test('R-DESK-12 that was closed without being accepted, is accepted no later than it is closed', () => {
    const steps = (afterMs: number) => part([visit('a', { end: closedAfter(afterMs) })], 'c').steps;
    expect(steps(4000).map(({ atMs }) => atMs - T_MS)).toEqual([4000, 4000]);
    expect(steps(40_000).map(({ atMs }) => atMs - T_MS)).toEqual([10_000, 40_000]);
  });
});
