// @pure

import { fullFor } from '../core/executor.ts';
import { explainTicket, type PlanInput, planAssignments } from '../dispatch/plan-assignments.ts';

export const nothingReasons = [
  'draining',
  'away',
  'suspect',
  'offline',
  'full',
  'line-empty',
  'passed-over',
] as const;
export type NothingReason = (typeof nothingReasons)[number];

/** What the planner has against this executor for each of these tickets. */
const exclusionsOf = (input: PlanInput): ReadonlySet<string> =>
  new Set(
    input.tickets.flatMap(({ ticketId }) => Object.keys(explainTicket(input, ticketId)?.excluded ?? {})),
  );

const ABSENT = ['draining', 'away', 'suspect', 'offline'] as const;

/** Stands in for a ticket, to see what the planner has against an executor when nothing waits. */
const ANY_TICKET: PlanInput['tickets'][number] = {
  ticketId: 'any',
  line: 'new',
  urgent: false,
  orderedAt: '',
  passedOver: {},
};

/**
 * Why the planner gives nothing to the one executor of its input; undefined when it would. `tickets` are those there is
 * room for; `moreWait`: others wait for which there is none.
 */
export const nothingReason = (
  input: PlanInput,
  { moreWait }: { moreWait: boolean },
): NothingReason | undefined => {
  const [executor] = input.executors;
  const any = exclusionsOf({ ...input, tickets: [ANY_TICKET] });
  const absent = ABSENT.find((reason) => any.has(reason));
  if (absent) return absent;
  if (!executor || fullFor(executor, input.limits, false)) return 'full';
  if (input.tickets.length === 0) return moreWait ? 'full' : 'line-empty';
  if (planAssignments(input).assignments.length > 0) return undefined;
  return exclusionsOf(input).has('declined') ? 'passed-over' : 'full';
};
