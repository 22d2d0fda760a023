import * as z from 'zod';
import { defineEvent, type EventData } from '../platform/events/define-event.ts';
import type { EventDraft } from '../platform/events/event.ts';
import { dueMessage } from '../platform/timers/due-message.ts';
import { deskChoice } from './events.ts';
import type { Executor, HandOver, Line } from './model.ts';
import { timerSchema } from './timer-schema.ts';

/** A client's inbox holds something; which message it names does not matter to the consumer. */
export const messageAccepted = defineEvent('desk.message.accepted', () =>
  z.object({ clientId: z.string(), seq: z.number() }),
);

/** Within a client's own lane of the inbox. */
export const messageAcceptedEvent = ({ clientId, seq }: EventData<typeof messageAccepted>): EventDraft =>
  messageAccepted.draft({ clientId, seq }, { group: clientId });

const deskNamed = () => z.object({ deskId: z.string() });

/** Somebody of a desk has room now. */
export const roomAppeared = defineEvent('desk.room.appeared', deskNamed);

/** A ticket entered the orphaned line, for the first time or again. */
export const orphanedLineJoined = defineEvent('desk.line.joined.orphaned', deskNamed);
/** A ticket entered the urgent line, for the first time or again. */
export const urgentLineJoined = defineEvent('desk.line.joined.urgent', deskNamed);
/** A ticket entered the new line, for the first time or again. */
export const newLineJoined = defineEvent('desk.line.joined.new', deskNamed);

const JOINED: Readonly<Record<Line, typeof newLineJoined>> = {
  orphaned: orphanedLineJoined,
  urgent: urgentLineJoined,
  new: newLineJoined,
};

/** Wakes the dispatcher by the queue of the line. Whether a ticket waits there is what the sweep of each minute reads. */
export const lineJoinedEvent = (line: Line, deskId: string): EventDraft =>
  JOINED[line].draft({ deskId }, { reminder: true });

/** Wakes the dispatcher. While a ticket waits the sweep of each minute does so as well. */
export const roomAppearedEvent = (deskId: string): EventDraft =>
  roomAppeared.draft({ deskId }, { reminder: true });

/** A desk is to be dispatched: a net under the facts. */
export const dispatchRequested = defineEvent('desk.dispatch.requested', deskNamed);

/** Tickets in an executor's hand go back to the line, in chunks. */
export const executorHandedOver = defineEvent('desk.executor.handed-over', () =>
  z.object({
    executorId: z.string(),
    /** `all`: whatever was leased before `epoch`. `unaccepted`: what is assigned and not accepted. */
    mode: z.enum(['all', 'unaccepted']),
    /** The executor's epoch after the change. */
    epoch: z.number(),
  }),
);

export const handedOverEvent = ({ id, epoch, version }: Executor, mode: HandOver): EventDraft =>
  executorHandedOver.draft({ executorId: id, mode, epoch }, { aggregate: { id, version } });

/** A manager takes every ticket out of an executor's hand; the epoch has moved on already. */
export const ticketsReassigned = defineEvent('desk.tickets.reassigned', () =>
  z.object({
    executorId: z.string(),
    /** To whom, as far as they have room; without one to the orphaned line. */
    toExecutorId: z.string().optional(),
    actorId: z.string(),
  }),
);
export type TicketsReassigned = EventData<typeof ticketsReassigned>;

/** One desk's part of a change of limits: its line, or those of its executors who are watched. */
export const rearmRequested = defineEvent('desk.waits.rearm-requested', () =>
  z.object({
    deskId: z.string(),
    part: z.enum(['line', 'roster']),
    after: z.object({ pk: z.string(), sk: z.string() }).optional(),
  }),
);

/** The second pass over all desks of a change of limits. */
export const rearmAgain = defineEvent('desk.waits.rearm-again', deskChoice);

/** A deadline of the desk: a near one travels as a delayed message. */
export const timerSet = defineEvent('desk.timer.set', () => dueMessage(timerSchema()));
