import * as z from 'zod';
import { defineEvent, type EventData, type EventDefinition } from '../platform/events/define-event.ts';
import type { EventDraft } from '../platform/events/event.ts';
import {
  type Executor,
  type LimitValues,
  type Line,
  lines,
  messageKinds,
  presences,
  type ThreadEntry,
  type Ticket,
  ticketChanges,
  ticketStates,
} from './model.ts';

const aggregate = ({ id, version }: Pick<Ticket, 'id' | 'version'>) => ({ aggregate: { id, version } });

/** A client's message is with the ticket's executor. */
export const messageDelivered = defineEvent('desk.message.delivered', () =>
  z.object({
    messageId: z.string(),
    ticketId: z.string(),
    deskId: z.string(),
    executorId: z.string(),
    /** Of the ticket, this message counted. */
    urgent: z.boolean(),
  }),
);

export const messageDeliveredEvent = (messageId: string, ticket: Ticket): EventDraft => {
  const { id: ticketId, deskId, executorId = '', urgent } = ticket;
  return messageDelivered.draft({ messageId, ticketId, deskId, executorId, urgent }, aggregate(ticket));
};

/** An executor answered the client. */
export const replyPosted = defineEvent('desk.reply.posted', () =>
  z.object({
    ticketId: z.string(),
    clientId: z.string(),
    messageId: z.string(),
    executorId: z.string(),
    at: z.string(),
  }),
);

export const replyPostedEvent = (ticket: Ticket, reply: ThreadEntry): EventDraft => {
  const { id: ticketId, clientId } = ticket;
  const { messageId, authorId: executorId, at } = reply;
  return replyPosted.draft({ ticketId, clientId, messageId, executorId, at }, aggregate(ticket));
};

/** The journal has these with their commits (`writtenAndSent`). */
const RECORDED = { recorded: true };

const queued = () =>
  z.object({
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

/** A ticket entered the orphaned line, for the first time or again. */
export const orphanedQueued = defineEvent('desk.ticket.queued.orphaned', queued, RECORDED);
/** A ticket entered the urgent line, for the first time or again. */
export const urgentQueued = defineEvent('desk.ticket.queued.urgent', queued, RECORDED);
/** A ticket entered the new line, for the first time or again. */
export const newQueued = defineEvent('desk.ticket.queued.new', queued, RECORDED);

const QUEUED: Readonly<Record<Line, EventDefinition<ReturnType<typeof queued>>>> = {
  orphaned: orphanedQueued,
  urgent: urgentQueued,
  new: newQueued,
};

/** It entered a line (again): the class's queue wakes the dispatcher. */
export const queuedEvent = (ticket: Ticket, cause: string): EventDraft => {
  const { id, deskId, clientId, line, urgent, promoted, orderedAt, waitingSince, passedOver } = ticket;
  if (!line || !waitingSince) throw new Error('only a waiting ticket is queued');
  return QUEUED[line].draft(
    {
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
    },
    aggregate(ticket),
  );
};

const moved = () =>
  z.object({
    ticketId: z.string(),
    deskId: z.string(),
    executorId: z.string().optional(),
    state: z.string(),
    /** The desk it left, when it went to another one: that desk's journal records it too. */
    fromDeskId: z.string().optional(),
  });

/** An executor accepted a ticket. */
export const ticketAccepted = defineEvent('desk.ticket.accepted', moved, RECORDED);
/** A ticket left its executor's hand, or its desk, and is not closed. */
export const ticketReleased = defineEvent('desk.ticket.released', moved, RECORDED);
/** A ticket was closed. */
export const ticketClosed = defineEvent('desk.ticket.closed', moved, RECORDED);

/** What frees or keeps room in a replay. */
export const ticketEvent = (
  definition: typeof ticketAccepted | typeof ticketReleased | typeof ticketClosed,
  ticket: Ticket,
  from: { executorId: string | undefined; deskId?: string | undefined },
): EventDraft => {
  const { id, deskId, state } = ticket;
  return definition.draft(
    {
      ticketId: id,
      deskId,
      state,
      ...(from.executorId && { executorId: from.executorId }),
      ...(from.deskId && from.deskId !== deskId && { fromDeskId: from.deskId }),
    },
    aggregate(ticket),
  );
};

/** Somebody set or cleared the urgency of a ticket in an executor's hand; a waiting one is queued anew instead. */
export const ticketUrgencySet = defineEvent(
  'desk.ticket.urgency-set',
  () => z.object({ ticketId: z.string(), deskId: z.string(), urgent: z.boolean() }),
  RECORDED,
);

export const urgencyEvent = (ticket: Ticket): EventDraft => {
  const { id, deskId, urgent } = ticket;
  return ticketUrgencySet.draft({ ticketId: id, deskId, urgent }, aggregate(ticket));
};

const waiting = () =>
  z.object({
    ticketId: z.string(),
    deskId: z.string(),
    line: z.enum(lines).optional(),
    urgent: z.boolean(),
    waitingSince: z.string(),
  });

/** A ticket has waited 80 % of its limit. */
export const waitWarned = defineEvent('desk.ticket.wait-warned', waiting);
/** A ticket has waited beyond its limit. */
export const ticketOverdue = defineEvent('desk.ticket.overdue', waiting);

export const waitEvent = (
  definition: typeof waitWarned | typeof ticketOverdue,
  ticket: Ticket & { readonly waitingSince: string },
): EventDraft => {
  const { id, deskId, line, urgent, waitingSince } = ticket;
  return definition.draft({ ticketId: id, deskId, line, urgent, waitingSince }, aggregate(ticket));
};

/** An executor came, left, or changed what they are ready for. */
export const presenceChanged = defineEvent(
  'desk.executor.presence-changed',
  () =>
    z.object({
      executorId: z.string(),
      deskId: z.string(),
      from: z.enum(presences).optional(),
      to: z.enum(presences),
      open: z.array(z.string()),
      rank: z.number(),
      /** Their home desk before, when it was another one. */
      fromDeskId: z.string().optional(),
    }),
  RECORDED,
);

export const presenceEvent = (before: Executor | undefined, after: Executor): EventDraft =>
  presenceChanged.draft(
    {
      executorId: after.id,
      deskId: after.homeDeskId,
      ...(before && { from: before.presence }),
      to: after.presence,
      open: [...after.open],
      rank: after.rank,
      ...(before && before.homeDeskId !== after.homeDeskId && { fromDeskId: before.homeDeskId }),
    },
    { aggregate: { id: after.id, version: after.version } },
  );

/** The limits of some desks, or of all. */
export const deskChoice = () => z.object({ deskIds: z.union([z.literal('all'), z.array(z.string())]) });

/** Limits changed. `values` are the scope's from then on: a replay runs under the limits of its day. */
export const limitsChanged = defineEvent('desk.limits.changed', () =>
  deskChoice().extend({ version: z.int(), values: z.record(z.string(), z.number()) }),
);
export type DeskChoice = Pick<EventData<typeof limitsChanged>, 'deskIds'>;

export const limitsEvent = (change: {
  deskId: string | undefined;
  version: number;
  values: Partial<LimitValues>;
}): EventDraft => {
  const { deskId, version, values } = change;
  return limitsChanged.draft(
    { deskIds: deskId ? [deskId] : 'all', version, values: { ...values } },
    { aggregate: { id: 'limits', version } },
  );
};

const announced = {
  ticketId: z.string(),
  deskId: z.string(),
  clientId: z.string(),
  executorId: z.string().optional(),
};

/** A ticket has another version. Each of them is announced, whatever wrote it; ids and states alone. */
export const ticketChanged = defineEvent('desk.ticket.changed', () =>
  z.object({
    ...announced,
    /** Where it was before, if that was elsewhere. */
    fromDeskId: z.string().optional(),
    fromExecutorId: z.string().optional(),
    state: z.enum(ticketStates),
    urgent: z.boolean(),
    change: z.enum(ticketChanges),
  }),
);

/** An entry was added to a ticket's thread. Holds no word of it. */
export const entryAdded = defineEvent('desk.entry.added', () =>
  z.object({ ...announced, messageId: z.string(), kind: z.enum(messageKinds), at: z.string() }),
);
