import fc from 'fast-check';
import {
  hasRoomAfter,
  type PlanExecutor,
  type PlanInput,
  type PlanTicket,
  planAssignments,
} from '../../../lib/desk/dispatch/plan-assignments.ts';
import { instant } from '../../../lib/platform/clock.ts';
import {
  anyInput,
  NOW_MS,
  planExecutor,
  planInput,
  planLimits,
  planTicket,
  STALE_MS,
} from './plan-arbitraries.ts';
import { before, turns } from './plan-oracle.ts';

const ago = (sec: number) => instant(NOW_MS - sec * 1000);
const pairs = (input: PlanInput) =>
  planAssignments(input).assignments.map(({ ticketId, executorId }) => [ticketId, executorId]);

describe('which ticket is next', () => {
  test('R-DESK-05 serves orphaned, then urgent, then new, each by orderedAt, whatever order they are given in', () => {
    const late = planTicket({ line: 'new', orderedAt: ago(5) });
    const early = planTicket({ line: 'new', orderedAt: ago(500) });
    const promoted = planTicket({ line: 'urgent', urgent: false, orderedAt: ago(20) });
    const urgent = planTicket({ line: 'urgent', urgent: true, orderedAt: ago(10) });
    const orphan = planTicket({ line: 'orphaned', orderedAt: ago(1) });
    const input = planInput({
      tickets: [late, urgent, early, orphan, promoted],
      executors: [planExecutor('usr_a')],
    });

    expect(planAssignments(input).assignments.map((each) => each.ticketId)).toEqual(
      [orphan, promoted, urgent, early, late].map((each) => each.ticketId),
    );
  });

  test('R-DESK-05 numbers decisions in serving order without a gap', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { assignments } = planAssignments(input);
        expect(assignments.map((each) => each.number)).toEqual(
          assignments.map((_, index) => input.firstNumber + index),
        );
        const byId = new Map(input.tickets.map((ticket) => [ticket.ticketId, ticket]));
        const order = assignments.map((each) => byId.get(each.ticketId) as PlanTicket);
        for (const [index, ticket] of order.slice(1).entries()) {
          expect(before(order[index] as PlanTicket, ticket)).toBe(true);
        }
      }),
    );
  });

  test('R-DESK-05 a ticket waits only while nobody could take it, and blocks nobody behind it', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        for (const { assignment, able } of turns(input)) {
          expect(assignment !== undefined).toBe(able.length > 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('R-DESK-05 an urgent ticket is passed over while every urgent cap is full, a promoted one is not', () => {
    const urgent = planTicket({ urgent: true, orderedAt: ago(90) });
    const promoted = planTicket({ line: 'urgent', urgent: false, orderedAt: ago(80) });
    const ordinary = planTicket({ orderedAt: ago(70) });
    const input = planInput({
      tickets: [urgent, promoted, ordinary],
      executors: [planExecutor('usr_a', { open: 2, openUrgent: 2 })],
    });

    const plan = planAssignments(input);

    expect(plan.assignments.map((each) => each.ticketId)).toEqual([promoted.ticketId, ordinary.ticketId]);
    expect(plan.waiting).toEqual([urgent.ticketId]);
  });

  test('R-DESK-05 every ticket is either assigned once or left waiting once', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { assignments, waiting } = planAssignments(input);
        const told = [...assignments.map((each) => each.ticketId), ...waiting].toSorted();
        expect(told).toEqual(input.tickets.map((each) => each.ticketId).toSorted());
      }),
    );
  });
});

describe('which executor', () => {
  test('R-DESK-06 takes the one assigned longest ago among those who could, whatever order they are given in', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const rank = new Map(input.executors.map((each) => [each.executorId, each.rank]));
        for (const { assignment, able } of turns(input)) {
          if (!assignment) continue;
          const oldest = able.toSorted(
            (a, b) =>
              (rank.get(a.executorId) ?? 0) - (rank.get(b.executorId) ?? 0) ||
              (a.executorId < b.executorId ? -1 : 1),
          );
          // A number given in this plan may equal an old rank only if the input contradicts itself.
          expect(rank.get(assignment.executorId)).toBe(rank.get(oldest[0]?.executorId ?? ''));
          rank.set(assignment.executorId, input.firstNumber + 1_000_000 + assignment.number);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('R-DESK-06 goes round: three executors take six tickets in turn', () => {
    const tickets = Array.from({ length: 6 }, (_, index) => planTicket({ orderedAt: ago(60 - index) }));
    const executors = [
      planExecutor('usr_b', { rank: 4 }),
      planExecutor('usr_c', { rank: 9 }),
      planExecutor('usr_a', { rank: 7 }),
    ];

    const turnsTaken = pairs(planInput({ tickets, executors, firstNumber: 10 })).map(([, who]) => who);

    expect(turnsTaken).toEqual(['usr_b', 'usr_a', 'usr_c', 'usr_b', 'usr_a', 'usr_c']);
  });

  test.each(['draining', 'away', 'suspect', 'offline'] as const)(
    'R-DESK-06 nobody %s is assigned to',
    (presence) => {
      const input = planInput({ tickets: [planTicket()], executors: [planExecutor('usr_a', { presence })] });
      expect(planAssignments(input).assignments).toEqual([]);
    },
  );

  test('R-DESK-08 a heartbeat as old as the limit excludes, a millisecond younger one does not', () => {
    const at = (ageMs: number) =>
      planInput({
        tickets: [planTicket()],
        executors: [planExecutor('usr_a', { lastBeatAt: instant(NOW_MS - ageMs) })],
      });
    expect(planAssignments(at(STALE_MS)).assignments).toHaveLength(0);
    expect(planAssignments(at(STALE_MS - 1)).assignments).toHaveLength(1);
  });

  test('R-DESK-10 a decline is remembered for that ticket alone, and forgotten at its instant', () => {
    const declined = planTicket({ passedOver: { usr_a: instant(NOW_MS + 1) }, orderedAt: ago(90) });
    const forgotten = planTicket({ passedOver: { usr_a: instant(NOW_MS) }, orderedAt: ago(80) });
    const other = planTicket({ orderedAt: ago(70) });
    const alone = planInput({ tickets: [declined, forgotten, other], executors: [planExecutor('usr_a')] });

    expect(pairs(alone)).toEqual([
      [forgotten.ticketId, 'usr_a'],
      [other.ticketId, 'usr_a'],
    ]);
    const both = { ...alone, executors: [planExecutor('usr_a'), planExecutor('usr_b')] };
    expect(pairs(both)[0]).toEqual([declined.ticketId, 'usr_b']);
    // A sole executor's decline strands nothing: once forgotten, the ticket is theirs again.
    expect(pairs({ ...alone, at: instant(NOW_MS + 1) })[0]).toEqual([declined.ticketId, 'usr_a']);
  });
});

describe('caps', () => {
  test('R-DESK-07 no plan puts anyone over a cap, and one already over it gets nothing', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { assignments } = planAssignments(input);
        const urgent = new Map(input.tickets.map((each) => [each.ticketId, each.urgent]));
        for (const executor of input.executors) {
          const got = assignments.filter((each) => each.executorId === executor.executorId);
          const gotUrgent = got.filter((each) => urgent.get(each.ticketId));
          if (got.length > 0) {
            expect(executor.open + got.length).toBeLessThanOrEqual(input.limits.maxTicketsPerExecutor);
          }
          if (gotUrgent.length > 0) {
            const held = executor.openUrgent + gotUrgent.length;
            expect(held).toBeLessThanOrEqual(input.limits.maxUrgentTicketsPerExecutor);
          }
          expect(got.length).toBeLessThanOrEqual(input.dealAtMost);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('R-DESK-07 caps are filled to the last place', () => {
    const tickets = Array.from({ length: 9 }, (_, index) =>
      planTicket({ urgent: index < 5, orderedAt: ago(60 - index) }),
    );
    const input = planInput({ tickets, executors: [planExecutor('usr_a')], limits: planLimits(5, 2) });
    const taken = planAssignments(input).assignments.map((each) =>
      tickets.findIndex((t) => t.ticketId === each.ticketId),
    );
    expect(taken).toEqual([0, 1, 5, 6, 7]);
  });
});

test('R-DESK-06 room is left after a plan only with those who are there and below their cap', () => {
  const input = planInput({ tickets: [], executors: [], limits: planLimits(5, 2) });
  const room = (given: Partial<PlanExecutor>, dealt: number) =>
    hasRoomAfter(input, planExecutor('usr_a', given), dealt);

  expect(room({ open: 2 }, 2)).toBe(true);
  expect(room({ open: 2 }, 3)).toBe(false);
  expect(room({ presence: 'draining' }, 0)).toBe(false);
  expect(room({ lastBeatAt: ago(STALE_MS / 1000) }, 0)).toBe(false);
});
