import * as z from 'zod';
import { defineTimers } from '../platform/timers/define-timers.ts';
import { smsDue, statusQueryDue } from './internal-events.ts';
import { heldTimer, statusQueryTimer } from './timer-schemas.ts';

const EVENTS = { held: smsDue, ask: statusQueryDue } as const;

/** Everything that happens to messages because time passed. Who acts on one reads the message anew. */
export const smsTimers = defineTimers({
  table: 'sms',
  shards: 8,
  schema: () => z.discriminatedUnion('kind', [heldTimer(), statusQueryTimer()]),
  event: (kind) => EVENTS[kind],
});
