// @pure

import type { Instant } from '../../platform/clock.ts';
import type { Executor, Limits, Presence, Ticket } from '../model.ts';

/** The lists of a desk's roster, in the order a dispatcher reads them. */
export const rosterLists = ['all', 'ordinary', 'full', 'draining', 'suspect', 'away', 'offline'] as const;
export type RosterList = (typeof rosterLists)[number];

/** The lists of those who are there. */
export const isOnline = (list: RosterList): boolean =>
  list === 'all' || list === 'ordinary' || list === 'full';

type Caps = Pick<Limits, 'maxTicketsPerExecutor' | 'maxUrgentTicketsPerExecutor'>;
type Load = { readonly open: number; readonly openUrgent: number };

export const loadOf = (executor: Pick<Executor, 'open' | 'openUrgent'>): Load => ({
  open: executor.open.length,
  openUrgent: executor.openUrgent.length,
});

export type Fullness = 'cap' | 'urgentCap';

/** Why an executor has no room for one more ticket of this class; undefined when there is room (R-DESK-01). */
export const fullFor = (load: Load, caps: Caps, urgent: boolean): Fullness | undefined => {
  if (load.open >= caps.maxTicketsPerExecutor) return 'cap';
  return urgent && load.openUrgent >= caps.maxUrgentTicketsPerExecutor ? 'urgentCap' : undefined;
};

export const listOf = (
  executor: Pick<Executor, 'presence' | 'open' | 'openUrgent'>,
  caps: Caps,
): RosterList => {
  if (executor.presence !== 'online') return executor.presence;
  const load = loadOf(executor);
  if (fullFor(load, caps, false)) return 'full';
  return fullFor(load, caps, true) ? 'ordinary' : 'all';
};

const without = (set: readonly string[], id: string): readonly string[] => set.filter((each) => each !== id);
const including = (set: readonly string[], id: string): readonly string[] =>
  set.includes(id) ? set : [...set, id];

/** Fairness is measured on so many of a desk's last numbers. */
export const RECENT_NUMBERS = 200;

/** A turn of theirs under these numbers of the desk's sequence. */
const afterTurn = (
  executor: Executor,
  numbers: readonly number[],
): Pick<Executor, 'rank' | 'recentNumbers'> => {
  const rank = Math.max(...numbers);
  const recent = [...(executor.recentNumbers ?? []), ...numbers].filter(
    (number) => number > rank - RECENT_NUMBERS && number <= rank,
  );
  return { rank, recentNumbers: recent.sort((a, b) => a - b) };
};

/**
 * Takes tickets in hand. Taking one twice changes nothing: the load is the size of a set. `numbers` are those of the
 * dispatcher's decisions; a manual decision is no turn.
 */
export const taking = (
  executor: Executor,
  tickets: readonly Pick<Ticket, 'id' | 'urgent'>[],
  numbers: readonly number[] = [],
): Executor => ({
  ...executor,
  open: tickets.reduce((set, ticket) => including(set, ticket.id), executor.open),
  openUrgent: tickets
    .filter((t) => t.urgent)
    .reduce((set, ticket) => including(set, ticket.id), executor.openUrgent),
  parked: tickets.reduce((set, ticket) => without(set, ticket.id), executor.parked),
  ...(numbers.length > 0 && afterTurn(executor, numbers)),
  version: executor.version + 1,
});

/** Is given tickets by a decision of that instant: `taking`, and when it was. */
export const assigned = (
  executor: Executor,
  tickets: readonly Pick<Ticket, 'id' | 'urgent'>[],
  { at, numbers = [] }: { at: Instant; numbers?: readonly number[] },
): Executor => ({ ...taking(executor, tickets, numbers), lastAssignedAt: at });

/** Lets tickets go, from the hand and from the parked ones. */
export const releasing = (executor: Executor, ticketIds: readonly string[]): Executor => ({
  ...executor,
  open: ticketIds.reduce(without, executor.open),
  openUrgent: ticketIds.reduce(without, executor.openUrgent),
  parked: ticketIds.reduce(without, executor.parked),
  version: executor.version + 1,
});

/** Sets a ticket aside until its client answers: it takes no room. */
export const parking = (executor: Executor, ticketId: string): Executor => ({
  ...releasing(executor, [ticketId]),
  parked: including(executor.parked, ticketId),
});

/** The urgency of a ticket in hand changed: counted even over the urgent cap (R-DESK-13). */
export const recounting = (executor: Executor, ticket: Pick<Ticket, 'id' | 'urgent'>): Executor => ({
  ...executor,
  openUrgent: ticket.urgent
    ? including(executor.openUrgent, ticket.id)
    : without(executor.openUrgent, ticket.id),
  version: executor.version + 1,
});

/** Available for messages of their own tickets; being full does not matter. Needs a current heartbeat besides. */
export const isAvailable = (presence: Presence): boolean => presence === 'online' || presence === 'draining';

type Beat = Pick<Limits, 'heartbeatPeriodSec' | 'missedHeartbeats'>;

/** Milliseconds without a heartbeat after which an executor is suspect (R-DESK-08). */
export const staleAfterMs = (limits: Beat): number =>
  limits.heartbeatPeriodSec * limits.missedHeartbeats * 1000;
