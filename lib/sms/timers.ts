import * as z from 'zod';
import { defineTimers } from '../platform/timers/define-timers.ts';

const EVENTS = { held: 'sms.due', ask: 'sms.ask', delivery: 'sms.webhook.due' } as const;

/** Everything that happens to messages and webhooks because time passed. Who acts on one reads the thing anew. */
export const smsTimers = defineTimers({
  table: 'sms',
  shards: 8,
  schema: () =>
    z.discriminatedUnion('kind', [
      /** A held message is judged anew, or expires. */
      z.strictObject({ kind: z.literal('held'), smsId: z.string() }),
      /** The provider is asked about a message. */
      z.strictObject({ kind: z.literal('ask'), smsId: z.string() }),
      /** A webhook is called, or called again. */
      z.strictObject({ kind: z.literal('delivery'), webhookId: z.string(), deliveryId: z.string() }),
    ]),
  event: (kind) => EVENTS[kind],
});
