import fc from 'fast-check';
import {
  type Assignment,
  explainTicket,
  hasRoomAfter,
  type PlanExecutor,
  type PlanInput,
  type PlanTicket,
  planAssignments,
} from '../../../lib/desk/dispatch/plan-assignments.ts';
import { epochMs, instant } from '../../../lib/platform/clock.ts';
import {
  anyInput,
  NOW_MS,
  planExecutor,
  planInput,
  planLimits,
  planTicket,
  roomyExecutors,
  STALE_MS,
} from './plan-arbitraries.ts';

const ago = (sec: number) => instant(NOW_MS - sec * 1000);
const pairs = (input: PlanInput) =>
  planAssignments(input).assignments.map(({ ticketId, executorId }) => [ticketId, executorId]);

/** Written apart from the planner, from the words of the domain page. */
const rankOfLine = { orphaned: 0, urgent: 1, new: 2 };
const before = (a: PlanTicket, b: PlanTicket): boolean =>
  `${rankOfLine[a.line]}${a.orderedAt}${a.ticketId}` < `${rankOfLine[b.line]}${b.orderedAt}${b.ticketId}`;

interface Load {
  open: number;
  openUrgent: number;
  dealt: number;
}

const couldTake = (input: PlanInput, executor: PlanExecutor, load: Load, ticket: PlanTicket): boolean =>
  executor.presence === 'online' &&
  executor.lastBeatAt !== undefined &&
  epochMs(executor.lastBeatAt) > epochMs(input.at) - STALE_MS &&
  !((ticket.passedOver[executor.executorId] ?? '') > input.at) &&
  load.open < input.limits.maxTicketsPerExecutor &&
  (!ticket.urgent || load.openUrgent < input.limits.maxUrgentTicketsPerExecutor) &&
  load.dealt < input.dealAtMost;

/** Goes through the tickets in their order and shows each with what everybody held when its turn came. */
const turns = (input: PlanInput) => {
  const { assignments } = planAssignments(input);
  const loads = new Map<string, Load>(
    input.executors.map(({ executorId, open, openUrgent }) => [executorId, { open, openUrgent, dealt: 0 }]),
  );
  return [...input.tickets]
    .sort((a, b) => (before(a, b) ? -1 : 1))
    .map((ticket) => {
      const assignment = assignments.find((each) => each.ticketId === ticket.ticketId);
      const able = input.executors.filter((each) =>
        couldTake(input, each, loads.get(each.executorId) as Load, ticket),
      );
      const load = assignment && loads.get(assignment.executorId);
      if (load) {
        load.open += 1;
        load.openUrgent += ticket.urgent ? 1 : 0;
        load.dealt += 1;
      }
      return { ticket, assignment, able };
    });
};

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

/** How many each got, at every point of a sequence. */
const greatestLead = (assignments: readonly Assignment[], among: readonly string[]): number => {
  const counts = new Map(among.map((id) => [id, 0]));
  let lead = 0;
  for (const { executorId } of assignments) {
    if (!counts.has(executorId)) continue;
    counts.set(executorId, (counts.get(executorId) ?? 0) + 1);
    lead = Math.max(lead, Math.max(...counts.values()) - Math.min(...counts.values()));
  }
  return lead;
};

test('R-DESK-06 room is left after a plan only with those who are there and below their cap', () => {
  const input = planInput({ tickets: [], executors: [], limits: planLimits(5, 2) });
  const room = (given: Partial<PlanExecutor>, dealt: number) =>
    hasRoomAfter(input, planExecutor('usr_a', given), dealt);

  expect(room({ open: 2 }, 2)).toBe(true);
  expect(room({ open: 2 }, 3)).toBe(false);
  expect(room({ presence: 'draining' }, 0)).toBe(false);
  expect(room({ lastBeatAt: ago(STALE_MS / 1000) }, 0)).toBe(false);
});

describe('fairness and purity', () => {
  const roomy = planLimits(200, 200);

  test.each(Array.from({ length: 30 }, (_, index) => index + 1))(
    'R-DESK-12 among %i executors with room nobody is ever two ahead, over one plan and over many',
    (count) => {
      const scenario = fc.record({
        executors: roomyExecutors(count),
        plans: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 4 }),
      });
      fc.assert(
        fc.property(scenario, ({ executors, plans }) => {
          let seats = executors;
          let firstNumber = 6;
          const sequence: Assignment[] = [];
          for (const size of plans) {
            const tickets = Array.from({ length: size }, (_, i) =>
              planTicket({ urgent: i % 3 === 0, orderedAt: ago(size - i) }),
            );
            const plan = planAssignments(
              planInput({ tickets, executors: seats, limits: roomy, firstNumber }),
            );
            expect(plan.assignments).toHaveLength(size);
            sequence.push(...plan.assignments);
            firstNumber += size;
            seats = seats.map((seat) => ({
              ...seat,
              rank:
                plan.assignments.findLast((each) => each.executorId === seat.executorId)?.number ?? seat.rank,
            }));
          }
          expect(
            greatestLead(
              sequence,
              executors.map((each) => each.executorId),
            ),
          ).toBeLessThanOrEqual(1);
        }),
        { numRuns: 12 },
      );
    },
  );

  test('R-DESK-12 those with room for everything stay even, whoever else is full, absent or declining', () => {
    fc.assert(
      fc.property(anyInput, fc.integer({ min: 1, max: 6 }), (input, count) => {
        const even = Array.from({ length: count }, (_, i) =>
          planExecutor(`usr_roomy${i}`, { open: 0, rank: i }),
        );
        const limits = { ...input.limits, maxTicketsPerExecutor: 50, maxUrgentTicketsPerExecutor: 50 };
        const plan = planAssignments({
          ...input,
          limits,
          dealAtMost: 40,
          executors: [...input.executors, ...even],
        });
        expect(
          greatestLead(
            plan.assignments,
            even.map((each) => each.executorId),
          ),
        ).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  test('R-DESK-12 the same input gives the same plan in any order of its parts, and is left as it was', () => {
    fc.assert(
      fc.property(anyInput, fc.integer(), (input, seed) => {
        const kept = structuredClone(input);
        const first = planAssignments(input);
        expect(planAssignments(input)).toEqual(first);
        expect(input).toEqual(kept);
        const turned = <T>(list: readonly T[]) => list.toReversed().toSorted(() => (seed % 2 === 0 ? 0 : -1));
        const shuffled = { ...input, tickets: turned(input.tickets), executors: turned(input.executors) };
        expect(planAssignments(shuffled)).toEqual(first);
        // What was kept with a decision has been through JSON.
        expect(planAssignments(JSON.parse(JSON.stringify(input)))).toEqual(first);
      }),
    );
  });

  test('R-DESK-11 the explanation of each ticket agrees with the plan, and counts everybody once', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        for (const { ticket, assignment, able } of turns(input)) {
          const told = explainTicket(input, ticket.ticketId);
          expect(told?.executorId).toBe(assignment?.executorId);
          expect(told?.number).toBe(assignment?.number);
          const excluded = Object.values(told?.excluded ?? {}).reduce((sum, count) => sum + count, 0);
          expect(excluded + able.length).toBe(input.executors.length);
          expect(told?.candidates.length).toBe(Math.min(20, input.executors.length));
        }
      }),
      { numRuns: 100 },
    );
  });
});
