import * as z from 'zod';
import { type EventDraft, eventOf } from '../../platform/events/event.ts';
import type { Executor } from '../model.ts';
import { rearmEvents } from '../timers/rearm-waits.ts';
import { executorHandedOver } from './presence-events.ts';

/** A manager takes every ticket out of an executor's hand; the epoch has moved on already. */
export const ticketsReassigned = z.object({
  executorId: z.string(),
  /** To whom, as far as they have room; without one to the orphaned line. */
  toExecutorId: z.string().optional(),
  actorId: z.string(),
});

export type TicketsReassigned = z.infer<typeof ticketsReassigned>;

export const reassignedEvent = (executor: Executor, data: TicketsReassigned): EventDraft => ({
  type: 'desk.tickets.reassigned',
  aggregate: { id: executor.id, version: executor.version },
  data,
});

/** What the handovers queue carries. */
export const handoverEvent = z.discriminatedUnion('type', [
  eventOf(executorHandedOver).extend({ type: z.literal('desk.executor.handed-over') }),
  eventOf(ticketsReassigned).extend({ type: z.literal('desk.tickets.reassigned') }),
  ...rearmEvents,
]);
