import { cellsOf, steadyRows } from '../../../console/src/manager/board/cells.ts';
import { limitSecOf, waitState } from '../../../console/src/manager/board/waits.ts';
import type { ExecutorRow, LimitValues } from '../../../console/src/manager/types.ts';

const row = (given: Partial<ExecutorRow>): ExecutorRow => ({
  executorId: 'usr_a',
  name: 'Ann',
  homeDeskId: 'main',
  presence: 'online',
  open: 0,
  openUrgent: 0,
  waitingClient: 0,
  lastBeatAt: null,
  version: 1,
  unaccepted: 0,
  lastAssignedAt: null,
  reconnectUntil: null,
  turn: 1,
  ...given,
});

const limits = { maxWaitSec: 300, maxUrgentWaitSec: 60, waitWarningPercent: 80 } as LimitValues;

describe('cells of an executor', () => {
  test('R-DESK-06 each ticket is one cell, free places follow while they are online', () => {
    expect(cellsOf(row({ open: 3, openUrgent: 1, unaccepted: 1 }), 5)).toEqual({
      cells: ['pending', 'urgent', 'accepted', 'free', 'free'],
      more: 0,
    });
    expect(cellsOf(row({ open: 1, presence: 'draining' }), 5).cells).toEqual(['accepted']);
  });

  test('R-DESK-06 urgent tickets may wait for acceptance, and nobody has less than no place free', () => {
    expect(cellsOf(row({ open: 2, openUrgent: 2, unaccepted: 1 }), 1).cells).toEqual([
      'urgent-pending',
      'urgent',
    ]);
  });

  test('R-DESK-06 what is not drawn is said', () => {
    expect(cellsOf(row({ open: 20 }), 30)).toMatchObject({ more: 4 });
  });
});

describe('rows that stay where they are', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((executorId) => row({ executorId }));
  const ids = (rows: readonly ExecutorRow[]) => rows.map(({ executorId }) => executorId);

  test('R-DESK-06 another order moves nothing, and says so; whoever is new comes last', () => {
    const { rows, moved } = steadyRows([b, c, a] as ExecutorRow[], ['a', 'b']);
    expect([ids(rows), moved]).toEqual([['a', 'b', 'c'], true]);
    expect(steadyRows([a, b] as ExecutorRow[], ['a', 'b']).moved).toBe(false);
    expect(ids(steadyRows([b] as ExecutorRow[], ['a', 'b']).rows)).toEqual(['b']);
  });
});

describe('the first of a line', () => {
  test('R-DESK-09 its wait is late after the warning and urgent beyond the limit of its line', () => {
    const since = '2026-11-29T12:00:00.000Z';
    const waitedFor = (sec: number) =>
      waitState(since, { limits, limitSec: 300, nowMs: Date.parse(since) + sec * 1000 });
    expect([waitedFor(239).tone, waitedFor(240).tone, waitedFor(300).tone]).toEqual([
      'plain',
      'late',
      'urgent',
    ]);
    expect(waitedFor(600)).toMatchObject({ share: 1, sec: 600 });
    expect(waitedFor(-5).sec).toBe(0);
  });

  test('R-DESK-09 an orphan goes by its own class', () => {
    expect([
      limitSecOf(limits, 'new'),
      limitSecOf(limits, 'urgent'),
      limitSecOf(limits, 'orphaned'),
      limitSecOf(limits, 'orphaned', true),
    ]).toEqual([300, 60, 300, 60]);
  });
});
