import * as z from 'zod';
import { idPattern } from '../platform/ids.ts';
import { lazily, type ReadBy, storedInstant } from '../platform/storage/stored-schema.ts';
import { smsStates } from '../sms/model.ts';

export const webhookIdSchema = z.string().regex(idPattern('whk')).meta({ id: 'WebhookId' });

/** Somebody's address that wants to receive what becomes of messages. */
export const webhookSchema = lazily(() =>
  z.object({
    id: z.string(),
    url: z.string(),
    /** Only messages of this entity. */
    entityId: z.string().optional(),
    /** Only these states; none: all that are published. */
    states: z.array(z.enum(smsStates)).optional(),
    createdAt: storedInstant(),
    createdBy: z.string(),
    /** Deliveries given up so far; where to see that an address is dead. */
    givenUp: z.int(),
    lastGivenUpAt: storedInstant().optional(),
  }),
);
export type Webhook = ReadBy<typeof webhookSchema>;

export const deliveryStates = ['waiting', 'delivered', 'given-up'] as const;

/** One fact on its way to one address. */
export const deliverySchema = lazily(() =>
  z.object({
    /** `<instant of the fact>#<event id>`: sorts by time, and the same fact gives the same id. */
    id: z.string(),
    webhookId: z.string(),
    /** Stable over retries: by it the receiver tells a repeat. */
    eventId: z.string(),
    /** JSON, byte for byte the same in every try. */
    body: z.string(),
    state: z.enum(deliveryStates),
    tries: z.int(),
    nextAt: storedInstant().optional(),
    endedAt: storedInstant().optional(),
    /** What the last try met: a status, or why there was none. */
    lastAnswer: z.string().optional(),
    version: z.int(),
  }),
);
export type Delivery = ReadBy<typeof deliverySchema>;
