import { auditEvent } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { type Change, joined } from '../../platform/storage/change.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { Write } from '../../platform/storage/write.ts';
import { announceEntry } from '../core/announcements.ts';
import { entryWrites, firstEntryWrites } from '../core/card-repository.ts';
import { commitChange, executorChange, ticketChange } from '../core/change.ts';
import { getDesk } from '../core/desk-repository.ts';
import { loadOf } from '../core/executor.ts';
import { findPresentExecutor, type PresentExecutor } from '../core/executor-repository.ts';
import { executorStays } from '../core/holder-repository.ts';
import { findLimitsOf } from '../core/limit-repository.ts';
import { takeNumber } from '../core/ticket-number-repository.ts';
import { findTicket, ticketUnchanged } from '../core/ticket-repository.ts';
import { messageDeliveredEvent } from '../events.ts';
import { type Limits, MAIN_DESK, type ThreadEntry, type Ticket } from '../model.ts';
import { grantsWrite, readGrants } from './client-repository.ts';
import { openedTicketId, type WaitingMessage } from './message.ts';
import {
  dropInboxEntry,
  findInboxEntry,
  type InboxEntry,
  processedWrites,
  waitingMessage,
} from './message-repository.ts';
import { type Holder, type Joining, joinTicket, openTicket } from './placement.ts';
import { grantUrgency } from './urgent-grants.ts';

interface Arrival {
  readonly message: WaitingMessage;
  /** The client's own ticket that the message named, open or closed. */
  readonly named: Ticket | undefined;
  readonly present: PresentExecutor | undefined;
  /** Of the desk of the ticket and of the home desk of its executor. */
  readonly limitsOf: (deskId: string) => Limits;
  readonly at: string;
}

/** What a placement does besides moving the message. */
interface Placement {
  readonly ticket: Ticket;
  readonly change: Change;
  readonly urgency: Urgency;
}

interface Urgency {
  /** Undefined: not requested. */
  readonly granted?: boolean;
  /** It makes the ticket urgent that was not. */
  readonly anew: boolean;
  readonly writes: readonly Write[];
}

const load = async (rt: Runtime, message: WaitingMessage): Promise<Arrival> => {
  const ticket = message.requestedTicketId ? await findTicket(rt, message.requestedTicketId) : undefined;
  // Another's ticket is treated like none at all, here and nowhere else (R-DESK-03).
  const named = ticket?.clientId === message.clientId ? ticket : undefined;
  const present = named?.executorId ? await findPresentExecutor(rt, named.executorId) : undefined;
  const deskId = named?.deskId ?? MAIN_DESK;
  const limitsOf = await findLimitsOf(rt, [MAIN_DESK, deskId, present?.executor.homeDeskId ?? deskId]);
  return { message, named, present, limitsOf, at: instant(rt.clock.nowMs()) };
};

const refusedUrgency: Urgency = { granted: false, anew: false, writes: [] };

/** A ticket that is urgent already takes no grant; a manager's "not urgent" leaves none to take (R-DESK-13). */
const decideUrgency = async (
  rt: Runtime,
  { message, named, limitsOf }: Arrival,
  ticket: Ticket | undefined,
): Promise<Urgency> => {
  if (!message.urgent) return { anew: false, writes: [] };
  if (ticket?.urgent) return { granted: true, anew: false, writes: [] };
  if (named?.notUrgentUntil && message.acceptedAt < named.notUrgentUntil) return refusedUrgency;
  const deskId = ticket?.deskId ?? MAIN_DESK;
  const [stored, desk] = await Promise.all([readGrants(rt, message.clientId), getDesk(rt, deskId)]);
  const perDay = limitsOf(deskId).urgentMessagesPerDay;
  const grants = grantUrgency(stored.grants, { ...message, timeZone: desk.timeZone, perDay });
  return grants ? { granted: true, anew: true, writes: [grantsWrite(rt, stored, grants)] } : refusedUrgency;
};

const opens = async (rt: Runtime, arrival: Arrival): Promise<Placement> => {
  const { message, named, limitsOf, at } = arrival;
  const urgency = await decideUrgency(rt, arrival, undefined);
  const ticket = openTicket({
    ticketId: openedTicketId(message),
    number: await takeNumber(rt),
    clientId: message.clientId,
    acceptedAt: message.acceptedAt,
    urgent: urgency.anew,
    previousTicketId: named?.id,
    notUrgentUntil: named?.notUrgentUntil,
    at,
  });
  const limits = limitsOf(ticket.deskId);
  const change = ticketChange(rt, { before: undefined, after: ticket, limits, at, cause: 'opened' });
  return { ticket, change, urgency };
};

/** For the audit log: an urgent message may take its executor over the urgent cap. */
const madeUrgent = (
  rt: Runtime,
  { message }: Arrival,
  joining: Joining,
  holder: Holder | undefined,
): EventDraft => {
  const after = joining.ticket.executorId ? (joining.executor ?? holder?.executor) : undefined;
  const over = after && holder && loadOf(after).openUrgent > holder.limits.maxUrgentTicketsPerExecutor;
  return auditEvent(rt, {
    actor: { id: message.clientId, roles: ['client'] },
    action: 'ticket.urgency-set',
    subject: `ticket/${joining.ticket.id}`,
    deskId: joining.ticket.deskId,
    details: {
      urgent: true,
      messageId: message.messageId,
      ...(after && { executorId: after.id }),
      ...(over && { overUrgentCap: true }),
    },
  });
};

const ticketPart = (
  rt: Runtime,
  { limitsOf, at }: Arrival,
  before: Ticket,
  { ticket, cause }: Joining,
): Change => {
  if (ticket === before) return { writes: [ticketUnchanged(rt, before)], events: [] };
  return ticketChange(rt, {
    before,
    after: ticket,
    limits: limitsOf(ticket.deskId),
    at,
    cause,
  });
};

const executorPart = (
  rt: Runtime,
  present: PresentExecutor,
  joining: Joining,
  holder: Holder,
): Change | undefined => {
  const { executor, reliesOnExecutor } = joining;
  if (executor) return executorChange(rt, { before: present, after: executor, limits: holder.limits });
  return reliesOnExecutor ? { writes: [executorStays(rt, present.executor)], events: [] } : undefined;
};

const joinsOpen = async (rt: Runtime, arrival: Arrival, before: Ticket): Promise<Placement> => {
  const { message, present, limitsOf, at } = arrival;
  const urgency = await decideUrgency(rt, arrival, before);
  const holder = present && { ...present, limits: limitsOf(present.executor.homeDeskId) };
  const joining = joinTicket(before, { holder, urgent: urgency.anew, at });
  const { ticket, delivered } = joining;
  const events = [
    ...(delivered ? [messageDeliveredEvent(message.messageId, ticket)] : []),
    ...(urgency.anew ? [madeUrgent(rt, arrival, joining, holder)] : []),
  ];
  const change = joined(
    ticketPart(rt, arrival, before, joining),
    present && holder && executorPart(rt, present, joining, holder),
    { writes: [], events },
  );
  return { ticket, change, urgency };
};

const entryOf = (message: WaitingMessage, ticket: Ticket): ThreadEntry => ({
  messageId: message.messageId,
  ticketId: ticket.id,
  kind: 'client',
  authorId: message.clientId,
  at: message.acceptedAt,
  text: message.text ?? '',
  attachments: message.attachments ?? [],
});

/**
 * Brings one accepted message to its ticket, in one transaction with everything that follows from it (R-DESK-03, 04,
 * 10, 13). One that has been placed already stays so: the inbox entry is removed once. A ticket that changes between
 * reading and committing, be it closed, is read and decided on again.
 * Throws AppError `message-broken` or `message-lost` (unprocessable) for what no later try can mend.
 */
export const placeMessage = (rt: Runtime, inboxEntry: InboxEntry): Promise<void> => {
  let listed: InboxEntry | undefined = inboxEntry;
  return untilCommitted(rt, async () => {
    const current = listed ?? (await findInboxEntry(rt, inboxEntry));
    listed = undefined;
    if (!current) return;
    const message = await waitingMessage(rt, current);
    if (!message) return dropInboxEntry(rt, inboxEntry);
    const arrival = await load(rt, message);
    const { named } = arrival;
    const joins = named && named.state !== 'closed';
    const { ticket, change, urgency } = joins
      ? await joinsOpen(rt, arrival, named)
      : await opens(rt, arrival);
    const entry = entryOf(message, ticket);
    const written = joins ? await entryWrites(rt, ticket, entry) : firstEntryWrites(rt, ticket, entry);
    const outcome = { ticketId: ticket.id, opened: !joins, urgentGranted: urgency.granted };
    await commitChange(rt, change, {
      events: [announceEntry(ticket, entry)],
      writes: [...processedWrites(rt, current, outcome), ...written, ...urgency.writes],
    });
  });
};
