import type { Log } from '../../platform/log.ts';
import type { AddressRules } from '../../platform/outbound/address.ts';
import type {
  BalanceOutcome,
  CancelOutcome,
  ProviderKind,
  ProviderOptions,
  SendOutcome,
  StatusOutcome,
  StatusQuery,
  StatusReport,
} from '../core/provider-model.ts';

/** What an adapter may use of the outside world, and what it knows of its account. Made anew for each use. */
export interface ProviderContext {
  /** The way out; an answer may take `timeoutMs`. */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  /** Where it may lead. */
  readonly rules: AddressRules;
  readonly nowMs: number;
  readonly timeoutMs: number;
  readonly log: Log;
  /** Address of the provider's HTTP API, without a slash at its end. */
  readonly baseUrl: string;
  /** Public part of the account: SMSC's login, Twilio's account SID; sms.ru has none. */
  readonly account: string | undefined;
  /** Clear secrets by name; an adapter says in `secretNames` which it knows. Never logged. */
  readonly secrets: Readonly<Record<string, string | undefined>>;
  readonly options: ProviderOptions;
}

export interface SendRequest {
  /** Id of this attempt, from `ownIdOf`: whole number in a string where the provider takes one of ours. */
  readonly ownId: string;
  /** E.164 */
  readonly phone: string;
  readonly text: string;
  /** Sender's name or number; empty: the account's default. */
  readonly sender: string;
  /** How long the provider may go on trying, seconds. */
  readonly validSec: number;
  /** Where reports go, where that is said per message. It names our message, so that a report finds it even when the answer was lost. */
  readonly callbackUrl: string;
}

/** A request from the provider, as it came. */
export interface RawCallback {
  /** The address it was sent to as we had published it, with the query as it came; never taken from Host. */
  readonly url: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  header(name: string): string | undefined;
}

/** What the provider wants to receive. */
export type CallbackAnswer =
  | { readonly status: 200; readonly text: string }
  | { readonly status: 204; readonly text?: undefined };

export type CallbackOutcome =
  | { readonly kind: 'reports'; readonly reports: readonly StatusReport[]; readonly answer: CallbackAnswer }
  | { readonly kind: 'bad-signature' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** A message from a phone. */
export interface Inbound {
  readonly kind: 'inbound';
  /** E.164 as a rule; a short code or a name where that is the sender. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** The provider itself took it for a stop or a start, and has answered it. */
  readonly optOut?: 'stop' | 'start';
  /** The provider has signed it: nobody else can have written it. */
  readonly signed: boolean;
  readonly ref: string;
  readonly answer: CallbackAnswer;
}

export type InboundOutcome =
  | Inbound
  | { readonly kind: 'bad-signature' }
  | { readonly kind: 'unreadable'; readonly why: string };

export interface Capabilities {
  /** Takes an id of ours with the message and finds the message by it: the status can be queried after a lost answer. */
  readonly ownId: boolean;
  readonly cancel: boolean;
  /** Messages in one query; 1: one by one. */
  readonly statusBatchSize: number;
  /** Least time between two queries about many, seconds; 0: no limit known. */
  readonly statusBatchIntervalSec: number;
  /** Least time between two queries about the same message, seconds. */
  readonly statusIntervalSec: number;
  /** Connections the provider allows at once, or undefined when it names no number. */
  readonly maxConnections?: number;
}

/** The port. Nothing here throws for what a provider answers: every outcome is a value. */
export interface SmsProvider {
  readonly kind: ProviderKind;
  readonly defaultBaseUrl: string;
  /** The company's own hosts: an account's address is at one of them, or at one that the deployment lists. */
  readonly hosts: readonly string[];
  /** Secrets of an account. One of each inner list must be there: `[['apiKey'], ['password']]`. */
  readonly secretNames: readonly string[];
  readonly neededSecrets: readonly (readonly string[])[];
  readonly needsAccount: boolean;
  readonly capabilities: Capabilities;
  /** The id of an attempt in the form the provider takes; `salt` rises when one is taken. Deterministic. */
  ownIdOf(attemptId: string, salt: number): string;
  send(ctx: ProviderContext, request: SendRequest): Promise<SendOutcome>;
  queryStatus(ctx: ProviderContext, queries: readonly StatusQuery[]): Promise<StatusOutcome>;
  cancel(ctx: ProviderContext, query: StatusQuery): Promise<CancelOutcome>;
  balance(ctx: ProviderContext): Promise<BalanceOutcome>;
  readCallback(ctx: ProviderContext, raw: RawCallback): CallbackOutcome;
  /** A message from a phone; absent where the provider has no such thing that we know of. */
  readInbound?(ctx: ProviderContext, raw: RawCallback): InboundOutcome;
}
