// @pure

import { epochMs, type Instant } from '../../platform/clock.ts';
import {
  fullFor,
  isAvailable,
  loadOf,
  recounting,
  releasing,
  staleAfterMs,
  taking,
} from '../core/executor.ts';
import { holdingOf, ownLine, requeued, returned, withUrgency } from '../core/ticket-states.ts';
import { type Executor, type Limits, MAIN_DESK, type PresenceBeat, type Ticket } from '../model.ts';

/** A ticket's executor as a client's message finds them. */
export interface Holder {
  readonly executor: Executor;
  readonly beat?: PresenceBeat | undefined;
  /** Of the executor's home desk. */
  readonly limits: Limits;
}

/** `here`: available. `missed`: suspect, and still waited for. `gone`: absent, or the wait is over. */
export type Availability = 'here' | 'missed' | 'gone';

const waitedFor = (sinceMs: number, { limits }: Holder, at: Instant): Availability =>
  epochMs(at) < sinceMs + limits.maxReconnectWaitSec * 1000 ? 'missed' : 'gone';

/** Reads the heartbeat itself: a stale one counts before the timer has made a suspect of them (R-DESK-08). */
export const availability = (holder: Holder, at: Instant): Availability => {
  const { executor, beat, limits } = holder;
  if (executor.suspected) return waitedFor(epochMs(executor.suspected.since), holder, at);
  if (!isAvailable(executor.presence) || !beat) return 'gone';
  const staleAtMs = epochMs(beat.lastBeatAt) + staleAfterMs(limits);
  return epochMs(at) < staleAtMs ? 'here' : waitedFor(staleAtMs, holder, at);
};

/** What a message makes of an open ticket. */
export interface Joining {
  /** The same object as before when the message changes nothing but the thread. */
  readonly ticket: Ticket;
  /** The ticket's executor in their next version, when they change. */
  readonly executor?: Executor;
  /** The executor gets the message now. */
  readonly delivered: boolean;
  /** It rests on where the executor is: the commit must hold them to it. */
  readonly reliesOnExecutor: boolean;
  /** For the journal. */
  readonly cause: string;
}

const joins = (ticket: Ticket, more: Partial<Joining> = {}): Joining => ({
  ticket,
  delivered: false,
  reliesOnExecutor: false,
  cause: 'urgency',
  ...more,
});

const leavesHand = (ticket: Ticket, holder: Holder | undefined): Partial<Joining> =>
  holder ? { executor: releasing(holder.executor, [ticket.id]) } : {};

/** Counted even over the urgent cap: an urgent message makes a ticket urgent where it is (R-DESK-13). */
const staysInHand = (ticket: Ticket, { executor }: Holder): Partial<Joining> => {
  const counted =
    executor.openUrgent.includes(ticket.id) === ticket.urgent || !executor.open.includes(ticket.id);
  return counted ? {} : { executor: recounting(executor, ticket) };
};

const joinsInHand = (ticket: Ticket, holder: Holder | undefined, at: Instant): Joining => {
  const holding = holder ? holdingOf(ticket, holder.executor) : 'never';
  const place = holder && holding === 'holds' ? availability(holder, at) : 'gone';
  if (!holder || place === 'gone') {
    const after = requeued(ticket, { line: 'orphaned', at });
    return joins(after, { ...leavesHand(ticket, holder), cause: 'joined-unavailable' });
  }
  return joins(ticket, {
    ...staysInHand(ticket, holder),
    delivered: place === 'here',
    reliesOnExecutor: true,
  });
};

const joinsParked = (ticket: Ticket, holder: Holder | undefined, at: Instant): Joining => {
  const online = holder?.executor.presence === 'online' && availability(holder, at) === 'here';
  if (holder && online && !fullFor(loadOf(holder.executor), holder.limits, ticket.urgent)) {
    const after = returned(ticket, holder.executor);
    const executor = taking(holder.executor, [after]);
    return joins(after, { executor, delivered: true, reliesOnExecutor: true, cause: 'client-returned' });
  }
  const after = requeued(ticket, { line: ownLine(ticket), at });
  return joins(after, { ...leavesHand(ticket, holder), cause: 'client-returned' });
};

const joinByState = (ticket: Ticket, holder: Holder | undefined, at: Instant): Joining => {
  if (ticket.state === 'closed') throw new Error('closed is final: nothing joins a closed ticket');
  if (ticket.state === 'waiting') return joins(ticket);
  return ticket.state === 'waitingClient' ? joinsParked(ticket, holder, at) : joinsInHand(ticket, holder, at);
};

/** A message joins an open ticket of its client (R-DESK-04, R-DESK-10). `urgent`: urgency has been granted anew. */
export const joinTicket = (
  before: Ticket,
  { holder, urgent, at }: { holder: Holder | undefined; urgent: boolean; at: Instant },
): Joining => {
  const ticket = urgent ? withUrgency(before, true, at) : before;
  const joining = joinByState(ticket, holder, at);
  // Urgency and a move are one change: one version.
  if (joining.ticket === before) return joining;
  return { ...joining, ticket: { ...joining.ticket, version: before.version + 1 } };
};

export interface Opening {
  readonly ticketId: string;
  readonly number: number;
  readonly clientId: string;
  readonly acceptedAt: Instant;
  readonly urgent: boolean;
  /** The client's own closed ticket that the message named. */
  readonly previousTicketId?: string | undefined;
  /** What a manager said of that one's urgency goes on holding. */
  readonly notUrgentUntil?: Instant | undefined;
  readonly at: Instant;
}

/** A ticket's first wait begins when its message was accepted, not when we got round to it. */
export const openTicket = (opening: Opening): Ticket => ({
  id: opening.ticketId,
  number: opening.number,
  deskId: MAIN_DESK,
  clientId: opening.clientId,
  state: 'waiting',
  urgent: opening.urgent,
  promoted: false,
  line: ownLine(opening),
  orderedAt: opening.acceptedAt,
  waitingSince: opening.acceptedAt,
  heldBy: [],
  passedOver: {},
  ...(opening.previousTicketId && { previousTicketId: opening.previousTicketId }),
  ...(opening.notUrgentUntil && { notUrgentUntil: opening.notUrgentUntil }),
  createdAt: opening.at,
  version: 1,
});
