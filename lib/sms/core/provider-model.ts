// @pure

import * as z from 'zod';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';
import { providerFactsSchema } from './registry-model.ts';

/** A company that hands messages to the mobile networks. One adapter file per kind. */
export const PROVIDER_KINDS = ['smsc', 'smsru', 'twilio'] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** How the hash of SMSC's callback is made; see `smsc.ts` for what is known of it. */
const callbackHash = lazily(() =>
  z.object({
    algorithm: z.enum(['md5', 'sha1', 'crc32']),
    /** Field names in braces: `{id}:{phone}:{status}:{secret}`. */
    formula: z.string(),
  }),
);
export type CallbackHash = ReadBy<typeof callbackHash>;

const providerOptions = lazily(() =>
  z.object({
    callbackHash: callbackHash().optional(),
    /** Twilio: sends through this service in place of a sender. */
    messagingServiceSid: z.string().optional(),
  }),
);
export type ProviderOptions = ReadBy<typeof providerOptions>;

/**
 * Why a provider said no. `suppressed`: the recipient has stopped messages, nobody else may be tried. `temporary`: nothing was
 * taken now, the same provider may be tried later. `unrecognised`: an error code that this version does not know.
 */
export const REFUSAL_KINDS = [
  'recipient',
  'content',
  'account',
  'temporary',
  'suppressed',
  'unrecognised',
] as const;
export type RefusalKind = (typeof REFUSAL_KINDS)[number];

export interface Accepted {
  readonly kind: 'accepted';
  /** Opaque, exactly as the provider wrote them; one per part where it gives so many. Never empty. */
  readonly refs: readonly string[];
  readonly parts?: number | undefined;
  /** As the provider writes it, in the account's currency. */
  readonly cost?: string | undefined;
}
export interface Refused {
  readonly kind: 'refused';
  readonly reason: RefusalKind;
  /** The provider's own code, as text. */
  readonly code: string;
  /** For people; holds no phone and no text of the message. */
  readonly why: string;
}
/** Nobody knows whether it was taken: must not be sent again. */
export interface Lost {
  readonly kind: 'lost';
  readonly why: string;
}
export type SendOutcome = Accepted | Refused | Lost;

/** A message's state at the provider. `pending`: taken, not yet final. `missing`: the provider does not know it. */
export const REPORT_STATES = [
  'pending',
  'delivered',
  'read',
  'failed',
  'expired',
  'rejected',
  'cancelled',
  'missing',
  'unrecognised',
] as const;
export type ReportState = (typeof REPORT_STATES)[number];

export interface StatusReport {
  /** The provider's id. */
  readonly ref: string;
  readonly state: ReportState;
  /** The provider's own status, raw. */
  readonly code: string;
  /** The provider's reason, raw. */
  readonly errorCode?: string | undefined;
  /** The same in words, where its documents have them. */
  readonly why?: string | undefined;
  /** When it came about, if the provider says so: ISO with milliseconds. */
  readonly at?: string | undefined;
  /** The recipient has stopped messages: goes to the suppression list. */
  readonly suppressed?: boolean | undefined;
}

/** The message of a status query: the provider's id, or ours where the provider takes one. */
export interface StatusQuery {
  readonly ref: string;
  readonly phone: string;
}

export type StatusOutcome =
  | { readonly kind: 'answered'; readonly reports: readonly StatusReport[] }
  /** Asked too often or over too many connections. */
  | { readonly kind: 'limited'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

export type CancelOutcome =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly code: string; readonly why: string }
  | { readonly kind: 'lost'; readonly why: string };

export type BalanceOutcome =
  /** `amount` as the provider writes it; no currency where it tells none. */
  | { readonly kind: 'known'; readonly amount: string; readonly currency?: string | undefined }
  | { readonly kind: 'refused'; readonly code: string; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

/** An account with a provider: one of the registry (R-SMS-04). */
export const providerSchema = lazily(() =>
  providerFactsSchema().extend({
    kind: z.enum(PROVIDER_KINDS),
    /** Address of its HTTP API; the kind's own when not given. */
    baseUrl: z.string().optional(),
    /** SMSC's login, Twilio's account SID. */
    account: z.string().optional(),
    /** Sender's name or number; an entity may have its own. */
    sender: z.string(),
    /** Messages a second the provider takes at most, in any second. */
    ratePerSec: z.number(),
    /** Requests at once. */
    concurrency: z.int(),
    /** Currency of the account: what the provider writes costs and balances in. */
    currency: z.string().optional(),
    /** Decimal, in that currency: with less than it in the account an alarm is raised. */
    lowBalance: z.string().optional(),
    options: providerOptions(),
    /** Sealed; by the adapter's names. */
    secrets: z.record(z.string(), z.string()),
    createdAt: storedInstant(),
    version: z.int(),
  }),
);
export type Provider = ReadBy<typeof providerSchema>;

/** What was seen of a provider lately. An item of its own: it changes with every check. */
export const providerHealthSchema = lazily(() =>
  z.object({
    providerId: z.string(),
    state: z.enum(['up', 'refusing', 'down']),
    /** Since when it has been so. */
    since: storedInstant(),
    checkedAt: storedInstant(),
    why: z.string().optional(),
    balance: z
      .object({ amount: z.string(), currency: z.string().optional(), at: storedInstant() })
      .optional(),
  }),
);
export type KnownHealth = ReadBy<typeof providerHealthSchema>;
export type ProviderHealth = Omit<KnownHealth, 'providerId'>;
