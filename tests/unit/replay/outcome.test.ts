import { fairnessOf } from '../../../lib/desk/insight/fairness.ts';
import { addChecks, checkPlan, nothingChecked, SHOWN_DIFFERENCES } from '../../../lib/replay/decisions.ts';
import { OutcomeTally } from '../../../lib/replay/outcome.ts';
import { planExecutor, planInput, planTicket } from '../desk/plan-arbitraries.ts';

const FROM_MS = 1_000_000;
const none = { count: 0, meanSec: 0, p50Sec: 0, p95Sec: 0, maxSec: 0 };

describe('fairness', () => {
  test('R-DESK-12 is Jain’s index: 1 when even, one part of n when one gets all', () => {
    expect(fairnessOf([3, 3, 3])).toEqual({ executors: 3, assignments: 9, jain: 1, spread: 0 });
    expect(fairnessOf([0, 0, 0, 8])).toEqual({ executors: 4, assignments: 8, jain: 0.25, spread: 8 });
    // (1 + 2 + 3)² / (3 · 14)
    expect(fairnessOf([2, 1, 3])).toEqual({ executors: 3, assignments: 6, jain: 0.8571, spread: 2 });
  });

  test('R-DESK-12 is nothing to evaluate while nobody got anything', () => {
    expect(fairnessOf([])).toEqual({ executors: 0, assignments: 0, jain: null, spread: 0 });
    expect(fairnessOf([0, 0])).toEqual({ executors: 2, assignments: 0, jain: null, spread: 0 });
  });
});

describe('what came of a stretch', () => {
  test('R-DESK-12 tells waits by the line they began in, in tenths of seconds', () => {
    const tally = new OutcomeTally(FROM_MS);
    const waits = { orphaned: [500], urgent: [2000, 1000], new: [10_000, 40_000, 20_040] };
    for (const [line, all] of Object.entries(waits)) {
      for (const ms of all) {
        tally.waited(line as keyof typeof waits, { sinceMs: FROM_MS - 5, atMs: FROM_MS - 5 + ms });
      }
    }
    const { waits: total, waitsByLine } = tally.outcome({ waiting: 4, held: 6 });
    expect(waitsByLine.orphaned).toEqual({ count: 1, meanSec: 0.5, p50Sec: 0.5, p95Sec: 0.5, maxSec: 0.5 });
    expect(waitsByLine.urgent).toEqual({ count: 2, meanSec: 1.5, p50Sec: 1.5, p95Sec: 2, maxSec: 2 });
    expect(waitsByLine.new).toEqual({ count: 3, meanSec: 23.3, p50Sec: 20, p95Sec: 38, maxSec: 40 });
    expect(total).toEqual({ count: 6, meanSec: 12.3, p50Sec: 6, p95Sec: 35, maxSec: 40 });
  });

  test('R-DESK-12 counts from the first instant of the stretch on', () => {
    const tally = new OutcomeTally(FROM_MS);
    for (const atMs of [FROM_MS - 1, FROM_MS, FROM_MS + 1]) {
      for (const what of ['promoted', 'overdue', 'missed', 'closed', 'assignedByPeople'] as const) {
        tally.count(what, atMs);
      }
      tally.waited('new', { sinceMs: FROM_MS - 60_000, atMs });
      tally.dealt({ ticketId: `tkt_${atMs}`, executorId: 'usr_a' }, atMs);
    }
    tally.count('closed', FROM_MS);
    tally.online('usr_a');
    tally.online('usr_b');
    const outcome = tally.outcome({ waiting: 4, held: 6 });
    expect(outcome).toMatchObject({
      promoted: 2,
      overdue: 2,
      missed: 2,
      closed: 3,
      assignedByPeople: 2,
      assigned: 2,
      waitingAtEnd: 4,
      heldAtEnd: 6,
      waits: { count: 2 },
      // Whoever was online and got nothing counts as well.
      fairness: { executors: 2, assignments: 2, jain: 0.5, spread: 2 },
    });
    expect(tally.sequence.map(({ ticketId }) => ticketId)).toEqual([`tkt_${FROM_MS}`, `tkt_${FROM_MS + 1}`]);
  });

  test('R-DESK-12 of a stretch without anything is nought', () => {
    expect(new OutcomeTally(FROM_MS).outcome({ waiting: 0, held: 0 })).toEqual({
      waits: none,
      waitsByLine: { orphaned: none, urgent: none, new: none },
      assigned: 0,
      assignedByPeople: 0,
      promoted: 0,
      overdue: 0,
      missed: 0,
      closed: 0,
      waitingAtEnd: 0,
      heldAtEnd: 0,
      fairness: { executors: 0, assignments: 0, jain: null, spread: 0 },
    });
  });
});

describe('decisions made again', () => {
  const ticket = planTicket({ ticketId: 'tkt_a' });
  const input = planInput({ tickets: [ticket], executors: [planExecutor('usr_a')], firstNumber: 7 });

  test('R-DESK-12 a ticket that the plan would leave waiting is a difference to nobody', () => {
    const check = checkPlan(input, [{ number: 8, ticketId: 'tkt_b', executorId: 'usr_a' }]);
    expect(check).toEqual({
      plans: 1,
      replayed: 1,
      same: 0,
      notCarriedOut: 1,
      different: [
        {
          number: 8,
          ticketId: 'tkt_b',
          executorId: 'usr_a',
          replayedExecutorId: null,
          replayedNumber: null,
        },
      ],
      differentCount: 1,
      withoutInput: 0,
    });
  });

  test('R-DESK-12 the same executor under another number is a difference', () => {
    const again = (number: number) => checkPlan(input, [{ number, ticketId: 'tkt_a', executorId: 'usr_a' }]);
    expect([again(7).differentCount, again(8).differentCount]).toEqual([0, 1]);
  });

  test('R-DESK-12 checks of many plans add up, and the first twenty differences are shown', () => {
    const wrong = checkPlan(input, [{ number: 8, ticketId: 'tkt_b', executorId: 'usr_a' }]);
    const right = checkPlan(input, [{ number: 7, ticketId: 'tkt_a', executorId: 'usr_a' }]);
    const lost = { ...nothingChecked, withoutInput: 2 };
    let sum = addChecks(addChecks(nothingChecked, lost), addChecks(right, lost));
    for (let i = 0; i < 23; i += 1) sum = addChecks(sum, wrong);
    expect(sum).toMatchObject({
      plans: 24,
      replayed: 24,
      same: 1,
      notCarriedOut: 23,
      differentCount: 23,
      withoutInput: 4,
    });
    expect(sum.different).toEqual(Array.from({ length: SHOWN_DIFFERENCES }, () => wrong.different[0]));
  });
});
