import * as z from 'zod';
import { lazily } from '../platform/storage/stored-schema.ts';
import { entityIdSchema, smsStates } from '../sms/model.ts';
import { type Delivery, deliveryStates, type Webhook, webhookIdSchema } from './model.ts';

export const webhookDraft = z.strictObject({
  url: z.string().min(1).max(2000),
  entityId: entityIdSchema.optional(),
  states: z.array(z.enum(smsStates)).min(1).max(smsStates.length).optional(),
});
export type WebhookDraft = z.infer<typeof webhookDraft>;

export const webhookView = lazily(() =>
  z
    .object({
      webhookId: webhookIdSchema,
      url: z.string(),
      entityId: entityIdSchema.optional(),
      states: z.array(z.enum(smsStates)).optional(),
      createdAt: z.iso.datetime(),
      createdBy: z.string(),
      givenUp: z.int(),
      lastGivenUpAt: z.iso.datetime().optional(),
    })
    .meta({ id: 'Webhook' }),
);
export type WebhookView = z.infer<ReturnType<typeof webhookView>>;

export const newWebhookView = lazily(() =>
  webhookView().extend({ secret: z.string() }).meta({ id: 'NewWebhook' }),
);

export const toWebhookView = ({ id, states, ...webhook }: Webhook): WebhookView => ({
  ...webhook,
  webhookId: id,
  ...(states && { states: [...states] }),
});

export const deliveryView = lazily(() =>
  z
    .object({
      eventId: z.string(),
      state: z.enum(deliveryStates),
      tries: z.int(),
      nextAt: z.iso.datetime().optional(),
      endedAt: z.iso.datetime().optional(),
      lastAnswer: z.string().optional(),
    })
    .meta({ id: 'WebhookDelivery' }),
);
export type DeliveryView = z.infer<ReturnType<typeof deliveryView>>;

export const toDeliveryView = (delivery: Delivery): DeliveryView => ({
  eventId: delivery.eventId,
  state: delivery.state,
  tries: delivery.tries,
  nextAt: delivery.nextAt,
  endedAt: delivery.endedAt,
  lastAnswer: delivery.lastAnswer,
});
