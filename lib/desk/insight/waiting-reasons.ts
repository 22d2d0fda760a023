// @pure

import type { RosterList } from '../core/executor.ts';
import type { Exclusion, Explanation, PlanInput, PlanTicket, Rule } from '../dispatch/plan-assignments.ts';
import { explainTicket, servingOrder } from '../dispatch/plan-assignments.ts';

/** A count that may be a lower bound. */
export interface Tally {
  readonly count: number;
  readonly more: boolean;
}

export type Tallies = Readonly<Partial<Record<Exclusion, Tally>>>;

/**
 * The reason that a list of the roster stands for. Those with room are not excluded, only not examined; those
 * with ordinary room alone have none for an urgent ticket.
 */
const reasonsFor = (urgent: boolean): Readonly<Record<RosterList, Exclusion | undefined>> => ({
  all: undefined,
  ordinary: urgent ? 'urgentCap' : undefined,
  full: 'cap',
  draining: 'draining',
  suspect: 'suspect',
  away: 'away',
  offline: 'offline',
});

/** Exclusions among those the planner was given, and those it was not given because of their list. */
export const tallyExcluded = (
  given: Explanation['excluded'],
  others: Readonly<Record<string, Tally>>,
  urgent = false,
): Tallies => {
  const reasonOf = reasonsFor(urgent);
  const tallies: Partial<Record<Exclusion, Tally>> = {};
  const add = (reason: Exclusion, { count, more }: Tally): void => {
    const known = tallies[reason] ?? { count: 0, more: false };
    tallies[reason] = { count: known.count + count, more: known.more || more };
  };
  for (const [reason, count] of Object.entries(given)) add(reason as Exclusion, { count, more: false });
  for (const [list, tally] of Object.entries(others)) {
    const reason = reasonOf[list as RosterList];
    if (reason) add(reason, tally);
  }
  return tallies;
};

/** How many may have room for a ticket and were not examined, since they come after those who were. */
export const tallyBehind = (others: Readonly<Record<string, Tally>>, urgent: boolean): Tally => {
  const lists: readonly RosterList[] = urgent ? ['all'] : ['all', 'ordinary'];
  const tallies = lists.flatMap((list) => others[list] ?? []);
  return {
    count: tallies.reduce((sum, { count }) => sum + count, 0),
    more: tallies.some(({ more }) => more),
  };
};

export type WaitingRule =
  | Exclude<Rule, 'assigned-longest-ago'>
  /** Those before it take what room there is. */
  | 'others-first'
  /** The planner would hand it out now: the dispatcher is at it. */
  | 'being-assigned';

/**
 * Why a ticket still waits: the planner itself on the present state. The ticket is put among the heads of the lines
 * when it lies further back; `unread` says that tickets before it were not read.
 */
export const explainWaiting = (
  input: PlanInput,
  ticket: PlanTicket,
): { readonly rule: WaitingRule; readonly explanation: Explanation } | undefined => {
  const known = input.tickets.some((each) => each.ticketId === ticket.ticketId);
  const full = known ? input : { ...input, tickets: [...input.tickets, ticket] };
  const explanation = explainTicket(full, ticket.ticketId);
  if (!explanation) return undefined;
  const { rule } = explanation;
  if (rule !== 'assigned-longest-ago') {
    const alone = explainTicket({ ...full, tickets: [ticket] }, ticket.ticketId);
    // Without those before it there would have been room.
    return { rule: alone?.executorId ? 'others-first' : rule, explanation };
  }
  const behindUnread = !known && input.tickets.some((each) => servingOrder(each, ticket) < 0);
  return { rule: behindUnread ? 'others-first' : 'being-assigned', explanation };
};
