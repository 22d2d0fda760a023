import fc from 'fast-check';
import {
  type Assignment,
  explainTicket,
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
  roomyExecutors,
} from './plan-arbitraries.ts';
import { turns } from './plan-oracle.ts';

const ago = (sec: number) => instant(NOW_MS - sec * 1000);

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
          let candidates = executors;
          let firstNumber = 6;
          const sequence: Assignment[] = [];
          for (const size of plans) {
            const tickets = Array.from({ length: size }, (_, i) =>
              planTicket({ urgent: i % 3 === 0, orderedAt: ago(size - i) }),
            );
            const plan = planAssignments(
              planInput({ tickets, executors: candidates, limits: roomy, firstNumber }),
            );
            expect(plan.assignments).toHaveLength(size);
            sequence.push(...plan.assignments);
            firstNumber += size;
            candidates = candidates.map((candidate) => ({
              ...candidate,
              rank:
                plan.assignments.findLast((each) => each.executorId === candidate.executorId)?.number ??
                candidate.rank,
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
