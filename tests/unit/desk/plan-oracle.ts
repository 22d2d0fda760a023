import {
  type PlanExecutor,
  type PlanInput,
  type PlanTicket,
  planAssignments,
} from '../../../lib/desk/dispatch/plan-assignments.ts';
import { epochMs } from '../../../lib/platform/clock.ts';
import { STALE_MS } from './plan-arbitraries.ts';

/** Written apart from the planner, from the words of the domain page. */
const rankOfLine = { orphaned: 0, urgent: 1, new: 2 };
export const before = (a: PlanTicket, b: PlanTicket): boolean =>
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
export const turns = (input: PlanInput) => {
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
