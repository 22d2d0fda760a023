import * as z from 'zod';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Executor } from '../model.ts';
import type { HandOver } from './presence-rules.ts';

/** Tickets in an executor's hand go back to the line: the handovers queue moves them in chunks. */
export const executorHandedOver = z.object({
  executorId: z.string(),
  /** `all`: whatever was leased before `epoch`. `unaccepted`: what is assigned and not accepted. */
  mode: z.enum(['all', 'unaccepted']),
  /** The executor's epoch after the change. */
  epoch: z.number(),
});

export const handedOverEvent = (executor: Executor, mode: HandOver): EventDraft => {
  const data: z.infer<typeof executorHandedOver> = { executorId: executor.id, mode, epoch: executor.epoch };
  return {
    type: 'desk.executor.handed-over',
    aggregate: { id: executor.id, version: executor.version },
    data,
  };
};
