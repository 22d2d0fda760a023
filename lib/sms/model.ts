import * as z from 'zod';
import { idPattern } from '../platform/ids.ts';
import { money } from '../platform/money.ts';
import { lazily, type ReadBy, storedDay, storedInstant } from '../platform/storage/stored-schema.ts';

/** The legal entity that exists from the start: sign-in codes and the product's own messages go out in its name. */
export const OWN_ENTITY = 'own';

export const smsIdSchema = z.string().regex(idPattern('sms')).meta({ id: 'SmsId' });
export const entityIdSchema = z
  .union([z.literal(OWN_ENTITY), z.string().regex(idPattern('ent'))])
  .meta({ id: 'LegalEntityId' });
export const providerIdSchema = z.string().regex(idPattern('prv')).meta({ id: 'SmsProviderId' });

/** What a message is for decides which rules bind it (R-SMS-06). */
export const smsCategories = ['otp', 'transactional', 'debt', 'marketing'] as const;
export type SmsCategory = (typeof smsCategories)[number];

export const smsStates = [
  'registered',
  'checked',
  'deferred',
  'denied',
  'queued',
  'sending',
  'sent',
  'unknown',
  'delivered',
  'read',
  'failed',
  'expired',
  'rejected',
  'cancelled',
] as const;
export type SmsState = (typeof smsStates)[number];

/** What a rule says of one message at one moment. */
export const verdicts = ['pass', 'skip', 'defer', 'deny'] as const;

export const ruleNames = [
  'entity-active',
  'provider-allowed',
  'suppression',
  'consent',
  'window',
  'law-hours',
  'law-caps',
  'entity-limits',
  'validity',
] as const;
export type RuleName = (typeof ruleNames)[number];

/** Where a recipient's zone came from: the request, the record of the recipient, or the clocks of the number's country. */
export const zoneOrigins = ['request', 'recipient', 'country'] as const;
export type ZoneOrigin = (typeof zoneOrigins)[number];

/** One line of the trace (R-SMS-08): every rule, in the order of evaluation. */
const ruleTrace = lazily(() =>
  z.object({
    rule: z.enum(ruleNames),
    verdict: z.enum(verdicts),
    /** The law preset that spoke, with its version: `RU-230@1`. */
    preset: z.string().optional(),
    /** What was found: a count, a local time, a state. */
    value: z.union([z.string(), z.number()]).optional(),
    /** What it was held against. */
    limit: z.union([z.string(), z.number()]).optional(),
    nextAllowedAt: storedInstant().optional(),
    lawRef: z.string().optional(),
    /** By whose clock hours were evaluated. */
    zoneFrom: z.enum(zoneOrigins).optional(),
    note: z.string().optional(),
  }),
);
export type RuleTrace = ReadBy<typeof ruleTrace>;

export const encodings = ['gsm-7', 'ucs-2'] as const;
export type Encoding = (typeof encodings)[number];

/** An attempt to hand a message to one provider. Its `id` is the id of ours that the provider is given. */
export const attemptStates = [
  'sending',
  'sent',
  'refused',
  'lost',
  'delivered',
  'read',
  'failed',
  'expired',
  'rejected',
  'cancelled',
] as const;
export type AttemptState = (typeof attemptStates)[number];

const attempt = lazily(() =>
  z.object({
    id: z.string(),
    providerId: z.string(),
    state: z.enum(attemptStates),
    startedAt: storedInstant(),
    endedAt: storedInstant().optional(),
    /** Opaque strings, one per part where the provider numbers parts. */
    providerIds: z.array(z.string()),
    parts: z.int().optional(),
    /** As the provider writes it, in the account's currency. */
    cost: z.string().optional(),
    /** The provider's own code and words for a refusal or a failure, as they came. */
    code: z.string().optional(),
    why: z.string().optional(),
    /** State per provider id, where a message has several. */
    partStates: z.record(z.string(), z.string()).optional(),
    /** A status code nobody knows, kept as it came. */
    unrecognised: z.string().optional(),
    /** What else an adapter has to remember of its own attempt. */
    notes: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
);
export type Attempt = ReadBy<typeof attempt>;

/** At most so many attempts are stored with a message; a message is never tried more often. */
export const MAX_ATTEMPTS = 10;

/** A short message from its registration to its end. */
export const smsSchema = lazily(() =>
  z.object({
    id: z.string(),
    /** Whose request it was, and under which key: together they are the id. */
    requestedBy: z.string(),
    key: z.string(),
    /** Hash of the request: the same key with another body is an error. */
    requestHash: z.string(),
    entityId: z.string(),
    category: z.enum(smsCategories),
    /** E.164. Never logged in full. */
    phone: z.string(),
    /** ISO 3166-1 of the number's country. */
    country: z.string(),
    /** May hold `{code}` exactly when there is a `challengeId`: the code itself is put in at hand-off and never stored. */
    text: z.string(),
    challengeId: z.string().optional(),
    locale: z.string().optional(),
    state: z.enum(smsStates),
    /** Why it is in a state that needs a reason: a rule's name, `cancelled-by-caller`, `unresolved`, a refusal. */
    reason: z.string().optional(),
    createdAt: storedInstant(),
    /** When the present state began. */
    stateAt: storedInstant(),
    validUntil: storedInstant(),
    /** Recipient's IANA zone as the caller knows it. */
    zone: z.string().optional(),
    overCap: z.enum(['defer', 'deny']),
    /** The requested provider; without it any that the entity may use. */
    providerId: z.string().optional(),
    encoding: z.enum(encodings),
    parts: z.int(),
    /** By the price list of the provider that would be first. */
    price: money.optional(),
    /** The last evaluation. */
    trace: z.array(ruleTrace()),
    judgedAt: storedInstant(),
    /** When a deferred message may go, as evaluated. */
    nextAllowedAt: storedInstant().optional(),
    /** The recipient's calendar day it is counted on; present exactly while it is counted (R-SMS-07). */
    plannedOn: storedDay().optional(),
    /** Under what it is counted, there to be given back: its entity, and the group it was in (`ownersOn`). */
    countedIn: z.array(z.string()).optional(),
    attempts: z.array(attempt()),
    /** The first answer, given again to every repeat; its trace is an item of its own once the message is evaluated again. */
    accepted: z.object({
      state: z.enum(['queued', 'deferred', 'denied']),
      nextAllowedAt: storedInstant().optional(),
      trace: z.array(ruleTrace()).optional(),
    }),
    /** When its status is queried next (`sending`, `sent`, `unknown`); whoever moves the state sets it. */
    askAt: storedInstant().optional(),
    version: z.int(),
  }),
);
export type Sms = ReadBy<typeof smsSchema>;
