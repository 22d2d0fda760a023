import * as z from 'zod';
import type { Instant } from '../platform/clock.ts';
import { idPattern } from '../platform/ids.ts';
import type { Money } from '../platform/money.ts';

/** The legal entity that exists from the start: sign-in codes and the product's own messages go out in its name. */
export const OWN_ENTITY = 'own';

export const smsIdSchema = z.string().regex(idPattern('sms')).meta({ id: 'SmsId' });
export const entityIdSchema = z
  .union([z.literal(OWN_ENTITY), z.string().regex(idPattern('ent'))])
  .meta({ id: 'LegalEntityId' });
export const providerIdSchema = z.string().regex(idPattern('prv')).meta({ id: 'SmsProviderId' });
export const webhookIdSchema = z.string().regex(idPattern('whk')).meta({ id: 'WebhookId' });

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
export type Verdict = (typeof verdicts)[number];

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

/** One line of the trace (R-SMS-08): every rule, in the order it was asked. */
export interface RuleTrace {
  readonly rule: RuleName;
  readonly verdict: Verdict;
  /** The law preset that spoke, with its version: `RU-230@1`. */
  readonly preset?: string;
  /** What was found: a count, a local time, a state. */
  readonly value?: string | number;
  /** What it was held against. */
  readonly limit?: string | number;
  readonly nextAllowedAt?: Instant;
  readonly lawRef?: string;
  /** By whose clock hours were judged. */
  readonly zoneFrom?: ZoneOrigin;
  readonly note?: string;
}

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

export interface Attempt {
  readonly id: string;
  readonly providerId: string;
  readonly state: AttemptState;
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  /** Opaque strings, one per part where the provider numbers parts. */
  readonly providerIds: readonly string[];
  readonly parts?: number;
  /** As the provider writes it, in the account's currency. */
  readonly cost?: string;
  /** The provider's own code and words for a refusal or a failure, as they came. */
  readonly code?: string;
  readonly why?: string;
  /** State per provider id, where a message has several. */
  readonly partStates?: Readonly<Record<string, string>>;
  /** A status code nobody knows, kept as it came. */
  readonly unrecognised?: string;
  /** What else an adapter has to remember of its own attempt. */
  readonly notes?: Readonly<Record<string, string | number>>;
}

/** At most so many attempts stand on a message; a message is never tried more often. */
export const MAX_ATTEMPTS = 10;

/** A short message from its registration to its end. */
export interface Sms {
  readonly id: string;
  /** Whose request it was, and under which key: together they are the id. */
  readonly requestedBy: string;
  readonly key: string;
  /** Hash of the request: the same key with another body is an error. */
  readonly requestHash: string;
  readonly entityId: string;
  readonly category: SmsCategory;
  /** E.164. Never logged in full. */
  readonly phone: string;
  /** ISO 3166-1 of the number's country. */
  readonly country: string;
  /** May hold `{code}` exactly when there is a `challengeId`: the code itself is put in at hand-off and never stored. */
  readonly text: string;
  readonly challengeId?: string;
  readonly locale?: string;
  readonly state: SmsState;
  /** Why it is in a state that needs a reason: a rule's name, `cancelled-by-caller`, `unresolved`, a refusal. */
  readonly reason?: string;
  readonly createdAt: Instant;
  /** When the present state began. */
  readonly stateAt: Instant;
  readonly validUntil: Instant;
  /** Recipient's IANA zone as the caller knows it. */
  readonly zone?: string;
  readonly overCap: 'defer' | 'deny';
  /** The provider asked for; without it any that the entity may use. */
  readonly providerId?: string;
  readonly encoding: Encoding;
  readonly parts: number;
  /** By the price list of the provider that would be first. */
  readonly price?: Money;
  /** The last judgement. */
  readonly trace: readonly RuleTrace[];
  readonly judgedAt: Instant;
  /** When a deferred message may go, as judged. */
  readonly nextAllowedAt?: Instant;
  /** The recipient's calendar day it is counted on; present exactly while it is counted (R-SMS-07). */
  readonly plannedOn?: string;
  /** Under what it is counted, there to be given back: its entity, and the group it was in (`ownersOn`). */
  readonly countedIn?: readonly string[];
  readonly attempts: readonly Attempt[];
  /** The first answer, given again to every repeat; its trace stands apart once the message is judged anew. */
  readonly accepted: {
    readonly state: 'queued' | 'deferred' | 'denied';
    readonly nextAllowedAt?: Instant;
    readonly trace?: readonly RuleTrace[];
  };
  /** When its question is asked next (`sending`, `sent`, `unknown`); whoever moves the state sets it. */
  readonly askAt?: Instant;
  readonly version: number;
}
