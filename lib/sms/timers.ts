import * as z from 'zod';
import { defineTimers } from '../platform/timers/define-timers.ts';
import { smsDue, statusQueryDue, webhookDue } from './internal-events.ts';
import { askTimer, deliveryTimer, heldTimer } from './timer-schemas.ts';

const EVENTS = { held: smsDue, ask: statusQueryDue, delivery: webhookDue } as const;

/** Everything that happens to messages and webhooks because time passed. Who acts on one reads the thing anew. */
export const smsTimers = defineTimers({
  table: 'sms',
  shards: 8,
  schema: () => z.discriminatedUnion('kind', [heldTimer(), askTimer(), deliveryTimer()]),
  event: (kind) => EVENTS[kind],
});
