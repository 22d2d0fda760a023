import * as z from 'zod';
import type { EventDraft } from '../platform/events/event.ts';
import { type Executor, type LimitValues, lines, presences, type ThreadEntry, type Ticket } from './model.ts';

/** Facts the desk publishes. Other modules and the desk's own journal read them by these schemas. */
export const messageAccepted = z.object({ clientId: z.string(), seq: z.number() });

/** A client's message is with the ticket's executor. */
export const messageDelivered = z.object({
  messageId: z.string(),
  ticketId: z.string(),
  deskId: z.string(),
  executorId: z.string(),
  /** Of the ticket, this message counted. */
  urgent: z.boolean(),
});

/** An executor answered the client. */
export const replyPosted = z.object({
  ticketId: z.string(),
  clientId: z.string(),
  messageId: z.string(),
  executorId: z.string(),
  at: z.string(),
});

export const ticketQueued = z.object({
  ticketId: z.string(),
  deskId: z.string(),
  clientId: z.string(),
  line: z.enum(lines),
  urgent: z.boolean(),
  promoted: z.boolean(),
  orderedAt: z.string(),
  waitingSince: z.string(),
  passedOver: z.record(z.string(), z.string()),
  /** Where it came from: `opened` for a first wait. */
  cause: z.string(),
});

export const ticketEnded = z.object({
  ticketId: z.string(),
  deskId: z.string(),
  executorId: z.string().optional(),
  state: z.string(),
  /** The desk it left, when it went to another one: that desk's journal tells of it too. */
  fromDeskId: z.string().optional(),
});

/** A wait at 80 % of its limit (`wait-warned`) or past it (`overdue`). */
export const ticketOverdue = z.object({
  ticketId: z.string(),
  deskId: z.string(),
  line: z.enum(lines).optional(),
  urgent: z.boolean(),
  waitingSince: z.string(),
});

/** Somebody set or cleared the urgency of a ticket in an executor's hand; a waiting one is queued anew instead. */
export const ticketUrgencySet = z.object({ ticketId: z.string(), deskId: z.string(), urgent: z.boolean() });

export const presenceChanged = z.object({
  executorId: z.string(),
  deskId: z.string(),
  from: z.enum(presences).optional(),
  to: z.enum(presences),
  open: z.array(z.string()),
  rank: z.number(),
  /** Their home desk before, when it was another one. */
  fromDeskId: z.string().optional(),
});

export const roomAppeared = z.object({ deskId: z.string() });

const aggregate = (ticket: Ticket) => ({ id: ticket.id, version: ticket.version });

/** It stands in a line (again): the class's queue wakes the dispatcher. */
export const queuedEvent = (ticket: Ticket, cause: string): EventDraft => {
  const { id, deskId, clientId, line, urgent, promoted, orderedAt, waitingSince, passedOver } = ticket;
  if (!line || !waitingSince) throw new Error('only a waiting ticket is queued');
  const data: z.infer<typeof ticketQueued> = {
    ticketId: id,
    deskId,
    clientId,
    line,
    urgent,
    promoted,
    orderedAt,
    waitingSince,
    passedOver: { ...passedOver },
    cause,
  };
  return { type: `desk.ticket.queued.${line}`, aggregate: aggregate(ticket), data };
};

/** `accepted`, `released` (left its executor's hand, not closed) or `closed`: what frees or keeps room in a replay. */
export const ticketEvent = (
  kind: 'accepted' | 'released' | 'closed',
  ticket: Ticket,
  from: { executorId: string | undefined; deskId?: string | undefined },
): EventDraft => {
  const { id, deskId, state } = ticket;
  const data: z.infer<typeof ticketEnded> = {
    ticketId: id,
    deskId,
    state,
    ...(from.executorId && { executorId: from.executorId }),
    ...(from.deskId && from.deskId !== deskId && { fromDeskId: from.deskId }),
  };
  return { type: `desk.ticket.${kind}`, aggregate: aggregate(ticket), data };
};

export const urgencyEvent = (ticket: Ticket): EventDraft => {
  const { id, deskId, urgent } = ticket;
  const data: z.infer<typeof ticketUrgencySet> = { ticketId: id, deskId, urgent };
  return { type: 'desk.ticket.urgency-set', aggregate: aggregate(ticket), data };
};

export const replyPostedEvent = (ticket: Ticket, reply: ThreadEntry): EventDraft => {
  const { id: ticketId, clientId } = ticket;
  const { messageId, authorId: executorId, at } = reply;
  const data: z.infer<typeof replyPosted> = { ticketId, clientId, messageId, executorId, at };
  return { type: 'desk.reply.posted', aggregate: aggregate(ticket), data };
};

export const roomEvent = (deskId: string): EventDraft => ({ type: 'desk.room.appeared', data: { deskId } });

/** A desk is to be dispatched, for no reason but time. */
export const wakeEvent = (deskId: string): EventDraft => ({
  type: 'desk.dispatch.requested',
  data: { deskId },
});

export const presenceEvent = (before: Executor | undefined, after: Executor): EventDraft => {
  const data: z.infer<typeof presenceChanged> = {
    executorId: after.id,
    deskId: after.homeDeskId,
    ...(before && { from: before.presence }),
    to: after.presence,
    open: [...after.open],
    rank: after.rank,
    ...(before && before.homeDeskId !== after.homeDeskId && { fromDeskId: before.homeDeskId }),
  };
  return {
    type: 'desk.executor.presence-changed',
    aggregate: { id: after.id, version: after.version },
    data,
  };
};

/** What a change of limits touches. */
export const limitsChanged = z.object({ deskIds: z.union([z.literal('all'), z.array(z.string())]) });

/** The scope's values as they are from then on, for the journal: a replay runs under the limits of its day. */
export const limitsChangedFact = limitsChanged.extend({
  version: z.int(),
  values: z.record(z.string(), z.number()),
});

export const limitsEvent = (change: {
  deskId: string | undefined;
  version: number;
  values: Partial<LimitValues>;
}): EventDraft => {
  const { deskId, version, values } = change;
  const data: z.infer<typeof limitsChangedFact> = {
    deskIds: deskId ? [deskId] : 'all',
    version,
    values: { ...values },
  };
  return { type: 'desk.limits.changed', aggregate: { id: 'limits', version }, data };
};

/** All the dispatcher needs of any event that wakes it. */
export const wakeUp = z.union([z.object({ deskId: z.string() }), limitsChanged]);
