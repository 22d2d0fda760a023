import type { Line } from '../../../lib/desk/model.ts';
import { decideWait } from '../../../lib/desk/timers/wait-decision.ts';
import { instant } from '../../../lib/platform/clock.ts';

const T0 = Date.UTC(2026, 0, 5, 8);
const at = (sec: number) => instant(T0 + sec * 1000);
const limits = { maxWaitSec: 300, maxUrgentWaitSec: 60, waitWarningPercent: 80 };

const decide = (line: Line, urgent: boolean, warned: boolean, sec: number) =>
  decideWait({ line, urgent, waitingSince: at(0) }, { warned, now: at(sec), limits });

describe('a waiting ticket', () => {
  test.each([
    { line: 'new', urgent: false, warn: 240, end: 300, outcome: 'promote' },
    { line: 'urgent', urgent: true, warn: 48, end: 60, outcome: 'overdue' },
    // Promoted: it waits urgently and takes ordinary room.
    { line: 'urgent', urgent: false, warn: 48, end: 60, outcome: 'overdue' },
    { line: 'orphaned', urgent: true, warn: 48, end: 60, outcome: 'overdue' },
    { line: 'orphaned', urgent: false, warn: 240, end: 300, outcome: 'overdue' },
  ] as const)(
    'R-DESK-09 $line line, urgent $urgent: a warning at $warn s, at $end s $outcome',
    ({ line, urgent, warn, end, outcome }) => {
      expect(decide(line, urgent, false, warn - 0.001)).toBe('early');
      expect(decide(line, urgent, false, warn)).toBe('warn');
      expect(decide(line, urgent, true, end - 0.001)).toBe('early');
      expect(decide(line, urgent, true, end)).toBe(outcome);
    },
  );

  test('R-DESK-09 a warning that comes after the end still comes first', () => {
    expect(decide('new', false, false, 1000)).toBe('warn');
    expect(decide('new', false, true, 1000)).toBe('promote');
  });
});
