// @pure

import type { Instant } from '../../platform/clock.ts';
import type { Executor, Line, Ticket, TicketState } from '../model.ts';

/** What can happen to a ticket. `hand` gives it to an executor, by dispatcher, manager or transfer. */
export type TicketAction = 'hand' | 'accept' | 'reply' | 'park' | 'return' | 'requeue' | 'close';

/**
 * The state table (R-DESK-10). What is not here cannot happen.
 * `park` marks "waiting for the client"; `return` brings a parked ticket back to its executor; `requeue` is every way
 * back into line: decline, miss, orphan, transfer to a desk, promotion.
 */
export const ticketStateTable: Readonly<Record<TicketState, Partial<Record<TicketAction, TicketState>>>> = {
  waiting: { hand: 'assigned', requeue: 'waiting', close: 'closed' },
  assigned: { hand: 'assigned', accept: 'accepted', reply: 'accepted', requeue: 'waiting', close: 'closed' },
  accepted: {
    hand: 'assigned',
    accept: 'accepted',
    reply: 'accepted',
    park: 'waitingClient',
    requeue: 'waiting',
    close: 'closed',
  },
  waitingClient: {
    hand: 'assigned',
    reply: 'waitingClient',
    park: 'waitingClient',
    return: 'accepted',
    requeue: 'waiting',
    close: 'closed',
  },
  closed: {},
};

/** The state after an action, or undefined when the table does not have it. */
export const nextState = (state: TicketState, action: TicketAction): TicketState | undefined =>
  ticketStateTable[state][action];

const step = (ticket: Ticket, action: TicketAction): TicketState => {
  const state = nextState(ticket.state, action);
  if (!state) throw new Error(`${action} is not in the table for ${ticket.state}`);
  return state;
};

/** The line of a ticket that is not orphaned, by its urgency. */
export const ownLine = (ticket: Pick<Ticket, 'urgent'>): Line => (ticket.urgent ? 'urgent' : 'new');

const unassigned = {
  executorId: undefined,
  leaseEpoch: undefined,
  assignedAt: undefined,
  acceptBy: undefined,
  acceptedAt: undefined,
  decision: undefined,
  waitingClientSince: undefined,
  closesAt: undefined,
};
const notWaiting = { line: undefined, waitingSince: undefined, overdueAt: undefined };

/** Whoever it leaves has lost it at this instant; whoever has it has not. */
const lostBy = (ticket: Ticket, at: Instant, next?: string): Pick<Ticket, 'lostAt'> => {
  const { executorId, lostAt = {} } = ticket;
  const all = { ...lostAt, ...(executorId && { [executorId]: at }) };
  const others = Object.entries(all).filter(([id]) => id !== next);
  return others.length > 0 || ticket.lostAt ? { lostAt: Object.fromEntries(others) } : {};
};

/** Back (or first) in line. `waitingSince` starts anew, `orderedAt` never changes. */
export const requeued = (
  ticket: Ticket,
  change: { line: Line; at: Instant; promoted?: boolean; deskId?: string },
): Ticket => ({
  ...ticket,
  ...unassigned,
  ...lostBy(ticket, change.at),
  state: step(ticket, 'requeue'),
  line: change.line,
  waitingSince: change.at,
  overdueAt: undefined,
  promoted: change.promoted ?? false,
  deskId: change.deskId ?? ticket.deskId,
  version: ticket.version + 1,
});

/** Handed to an executor, who must accept until `acceptBy`. */
export const handed = (
  ticket: Ticket,
  change: { executor: Pick<Executor, 'id' | 'epoch'>; at: Instant; acceptBy: Instant; decision: string },
): Ticket => ({
  ...ticket,
  ...notWaiting,
  ...unassigned,
  ...lostBy(ticket, change.at, change.executor.id),
  state: step(ticket, 'hand'),
  executorId: change.executor.id,
  leaseEpoch: change.executor.epoch,
  assignedAt: change.at,
  acceptBy: change.acceptBy,
  decision: change.decision,
  heldBy: ticket.heldBy.includes(change.executor.id) ? ticket.heldBy : [...ticket.heldBy, change.executor.id],
  version: ticket.version + 1,
});

export const accepted = (ticket: Ticket, action: 'accept' | 'reply', at: Instant): Ticket => ({
  ...ticket,
  state: step(ticket, action),
  acceptedAt: ticket.acceptedAt ?? at,
  acceptBy: undefined,
  version: ticket.version + 1,
});

export const parked = (ticket: Ticket, { at, closesAt }: { at: Instant; closesAt: Instant }): Ticket => ({
  ...ticket,
  state: step(ticket, 'park'),
  waitingClientSince: ticket.waitingClientSince ?? at,
  closesAt: ticket.closesAt ?? closesAt,
  version: ticket.version + 1,
});

/** The client answered and the same executor goes on; the lease is that of now. */
export const returned = (ticket: Ticket, executor: Pick<Executor, 'epoch'>): Ticket => ({
  ...ticket,
  state: step(ticket, 'return'),
  waitingClientSince: undefined,
  closesAt: undefined,
  leaseEpoch: executor.epoch,
  version: ticket.version + 1,
});

/** Final. The executor stays on record, so that they can still read it. */
export const closed = (ticket: Ticket, by: string, at: Instant): Ticket => ({
  ...ticket,
  ...notWaiting,
  state: step(ticket, 'close'),
  promoted: false,
  acceptBy: undefined,
  waitingClientSince: undefined,
  closesAt: undefined,
  closedAt: at,
  closedBy: by,
  version: ticket.version + 1,
});

/** Passes an executor over for this ticket until an instant; forgets what has run out (R-DESK-09, R-DESK-10). */
export const passingOver = (
  ticket: Ticket,
  executorId: string,
  change: { at: Instant; until: Instant },
): Ticket => ({
  ...ticket,
  passedOver: {
    ...Object.fromEntries(Object.entries(ticket.passedOver).filter(([, until]) => until > change.at)),
    [executorId]: change.until,
  },
});

/**
 * A ticket whose urgency someone set or cleared. A waiting one moves between the new and the urgent line and its wait
 * starts anew, as with a promotion; an orphan stays an orphan (R-DESK-13).
 */
export const withUrgency = (ticket: Ticket, urgent: boolean, at: Instant): Ticket => {
  if (ticket.urgent === urgent) return ticket;
  const next: Ticket = { ...ticket, urgent, version: ticket.version + 1 };
  if (ticket.state !== 'waiting' || ticket.line === 'orphaned') return next;
  return { ...next, line: ownLine(next), promoted: false, waitingSince: at, overdueAt: undefined };
};

/**
 * Staff set the urgency of a ticket. "Not urgent" from a manager holds against its client until `holdUntil`; who
 * makes it urgent lifts that (R-DESK-13).
 */
export const withStaffUrgency = (
  before: Ticket,
  word: { urgent: boolean; at: Instant; holdUntil: Instant | undefined },
): Ticket => {
  const { urgent, at, holdUntil } = word;
  const after = withUrgency(before, urgent, at);
  const notUrgentUntil = urgent ? undefined : (holdUntil ?? before.notUrgentUntil);
  if (notUrgentUntil === before.notUrgentUntil) return after;
  return { ...after, notUrgentUntil, version: before.version + 1 };
};

export type Holding = 'holds' | 'moved' | 'never';

/**
 * Whether an executor has a ticket in hand, had it, or never did (R-DESK-08): 200, 409 or 404.
 * A parked ticket stays with its executor through every absence, whatever the epoch.
 */
export const holdingOf = (ticket: Ticket, executor: Pick<Executor, 'id' | 'epoch'>): Holding => {
  if (!ticket.heldBy.includes(executor.id)) return 'never';
  if (ticket.executorId !== executor.id) return 'moved';
  const fenced = ticket.state === 'assigned' || ticket.state === 'accepted';
  return fenced && ticket.leaseEpoch !== executor.epoch ? 'moved' : 'holds';
};
