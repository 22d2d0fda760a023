import * as z from 'zod';
import { defineEvent, type EventData } from '../platform/events/define-event.ts';
import type { EventDraft } from '../platform/events/event.ts';
import { type InboundSms, wishes } from './core/inbound-model.ts';
import { entityIdSchema, type Sms, smsCategories, smsStates } from './model.ts';

const smsRequest = () =>
  z.object({
    /** Id of the thing it is for. */
    key: z.string().min(1).max(200),
    requestedBy: z.string().min(1).max(100),
    entityId: entityIdSchema,
    category: z.enum(smsCategories),
    /** E.164. */
    phone: z.string().max(20),
    /** May hold `{code}` exactly when there is a `challengeId`. */
    text: z.string().min(1).max(1600),
    challengeId: z.string().max(100).optional(),
    validUntil: z.iso.datetime(),
    locale: z.string().max(35).optional(),
  });
export type SmsRequest = z.infer<ReturnType<typeof smsRequest>>;

/** A module requests a message. Idempotent by `requestedBy` and `key`: the same pair never makes a second one. */
export const smsRequested = defineEvent('sms.requested', smsRequest);

/** Sign-in requests a message with a code. Codes have a queue of their own (R-SMS-09). */
export const codeRequested = defineEvent('sms.requested.otp', smsRequest);

/** A message came into another state that somebody may wait for. Holds no phone and no text. */
export const statusChanged = defineEvent('sms.status-changed', () =>
  z.object({
    smsId: z.string(),
    entityId: z.string(),
    /** Missing in events of earlier versions. */
    category: z.enum(smsCategories).optional(),
    /** The requester's own key. */
    key: z.string(),
    requestedBy: z.string(),
    state: z.enum(smsStates),
    at: z.string(),
    version: z.number(),
    reason: z.string().optional(),
  }),
);
export type StatusChange = EventData<typeof statusChanged>;

export const statusChangedEvent = (sms: Sms): EventDraft =>
  statusChanged.draft(
    {
      smsId: sms.id,
      entityId: sms.entityId,
      category: sms.category,
      key: sms.key,
      requestedBy: sms.requestedBy,
      state: sms.state,
      at: sms.stateAt,
      version: sms.version,
      ...(sms.reason !== undefined && { reason: sms.reason }),
    },
    { aggregate: { id: sms.id, version: sms.version } },
  );

/** A message from a phone has come. Holds no phone and no text: whoever may read it fetches it by its id. */
export const inboundReceived = defineEvent('sms.inbound-received', () =>
  z.object({
    inboundId: z.string(),
    providerId: z.string(),
    entityId: z.string().optional(),
    /** Of ours, which it answers. */
    smsId: z.string().optional(),
    wish: z.enum(wishes),
    at: z.string(),
  }),
);
export type InboundReceived = EventData<typeof inboundReceived>;

export const inboundReceivedEvent = (inbound: InboundSms): EventDraft =>
  inboundReceived.draft(
    {
      inboundId: inbound.id,
      providerId: inbound.providerId,
      ...(inbound.entityId !== undefined && { entityId: inbound.entityId }),
      ...(inbound.smsId !== undefined && { smsId: inbound.smsId }),
      wish: inbound.wish,
      at: inbound.receivedAt,
    },
    { aggregate: { id: inbound.id, version: inbound.version } },
  );
