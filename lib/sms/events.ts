import * as z from 'zod';
import { type EventDraft, eventOf } from '../platform/events/event.ts';
import { type InboundSms, wishes } from './inbound/model.ts';
import { entityIdSchema, type Sms, smsCategories, smsStates } from './model.ts';

/** What another module asks for. Idempotent by (`requestedBy`, `key`): the same pair never makes a second message. */
export const smsRequest = z.object({
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
export type SmsRequest = z.infer<typeof smsRequest>;

export const smsRequested = eventOf(smsRequest);

/** The event with which another module asks for a message. Codes have a queue of their own (R-SMS-09). */
export const smsRequestedEvent = (request: SmsRequest): EventDraft => ({
  type: request.category === 'otp' ? 'sms.requested.otp' : 'sms.requested',
  data: request,
});

export const statusChange = z.object({
  smsId: z.string(),
  entityId: z.string(),
  /** The requester's own key. */
  key: z.string(),
  requestedBy: z.string(),
  state: z.enum(smsStates),
  at: z.string(),
  version: z.number(),
  reason: z.string().optional(),
});
export type StatusChange = z.infer<typeof statusChange>;
export const statusChanged = eventOf(statusChange);

export const statusChangedEvent = (sms: Sms): EventDraft => ({
  type: 'sms.status-changed',
  aggregate: { id: sms.id, version: sms.version },
  data: {
    smsId: sms.id,
    entityId: sms.entityId,
    key: sms.key,
    requestedBy: sms.requestedBy,
    state: sms.state,
    at: sms.stateAt,
    version: sms.version,
    ...(sms.reason !== undefined && { reason: sms.reason }),
  },
});

/** A message from a phone has come. Holds no phone and no text: who may read it asks for it by its id. */
export const inboundReceived = z.object({
  inboundId: z.string(),
  providerId: z.string(),
  entityId: z.string().optional(),
  /** Of ours, which it answers. */
  smsId: z.string().optional(),
  wish: z.enum(wishes),
  at: z.string(),
});
export type InboundReceived = z.infer<typeof inboundReceived>;

export const inboundReceivedEvent = (inbound: InboundSms): EventDraft => ({
  type: 'sms.inbound-received',
  aggregate: { id: inbound.id, version: inbound.version },
  data: {
    inboundId: inbound.id,
    providerId: inbound.providerId,
    ...(inbound.entityId !== undefined && { entityId: inbound.entityId }),
    ...(inbound.smsId !== undefined && { smsId: inbound.smsId }),
    wish: inbound.wish,
    at: inbound.receivedAt,
  },
});

/** What is told to webhooks. */
export const told = eventOf(z.union([statusChange, inboundReceived]));

/** Names a message and nothing else: the consumer reads it anew. */
export const smsNamed = z.object({ smsId: z.string() });
export const smsNamedEvent = eventOf(smsNamed);

const LANES = { otp: 'otp', transactional: 'transactional', debt: 'bulk', marketing: 'bulk' } as const;

/** Ready for hand-off: codes, transactional and bulk messages each have a queue (R-SMS-09). */
export const handOffEvent = (sms: Pick<Sms, 'id' | 'category'>): EventDraft => ({
  type: `sms.queued.${LANES[sms.category]}`,
  data: { smsId: sms.id },
});
