export const ROLES = [
  'client',
  'executor',
  'worker',
  'candidate',
  'manager',
  'quality',
  'supplies',
  'admin',
] as const;

export type Role = (typeof ROLES)[number];

/** What an API key may be allowed, one by one; users have roles instead. Modules name theirs in module.ts. */
export type Scope = `${string}:${string}`;

/** What a machine's key may spend, in minor units of one currency; one of the two is always there. */
export interface CostBudget {
  /** ISO 4217. */
  readonly currency: string;
  /** In a day of UTC. */
  readonly perDayMinor?: number | undefined;
  /** In a calendar month of UTC. */
  readonly perMonthMinor?: number | undefined;
}

/** What a machine's key is bound to: everything else is hidden from it (404), and refused to it (403). */
export interface KeyBinding {
  readonly entityIds: readonly string[];
  /** Categories of messages it may send. */
  readonly categories: readonly string[];
  /** ISO 3166-1 of the numbers it may send to; none: the countries of its legal entities. */
  readonly countries?: readonly string[] | undefined;
  /** Messages it may register in one day of UTC. */
  readonly messagesPerDay: number;
  /** What they may cost, by the price on the message; none: any sum. */
  readonly costBudget?: CostBudget | undefined;
}

/** Who calls, as the token or the key says. */
export interface Caller {
  /** A user's `usr_…` or an API key's `key_…`. */
  readonly id: string;
  readonly roles: readonly Role[];
  /** Of an API key; a user has none. */
  readonly scopes?: readonly Scope[];
  /** Of an API key, always; a user has none. */
  readonly binding?: KeyBinding;
  /** Of a user whom this product signed in; tokens of another issuer may have none. */
  readonly sessionId?: string | undefined;
  /** When a user last proved who they are (`auth_time`), if the token says so. An API key has no such time. */
  readonly authTimeSec?: number | undefined;
}

/** The code of the problem of whoever must prove who they are first. */
export const FRESH_PROOF_NEEDED = 'fresh-proof-needed';
/** A proof is fresh for so long (R-AUTH-08). */
export const FRESH_PROOF_SEC = 600;
/** Clocks of two machines differ by this much at most. */
export const LEEWAY_SEC = 5;

/** Whether the caller proved who they are within the last ten minutes. What the token does not say, or says of the future, is no proof. */
export const provedLately = ({ authTimeSec }: Caller, nowSec: number): boolean =>
  authTimeSec !== undefined && authTimeSec <= nowSec + LEEWAY_SEC && nowSec - authTimeSec < FRESH_PROOF_SEC;

export const hasRole = (caller: Caller, ...anyOf: readonly Role[]): boolean =>
  anyOf.some((role) => caller.roles.includes(role));

/** Whether one of the caller's roles or scopes is among these. */
export const mayEnter = (caller: Caller, anyOf: readonly (Role | Scope)[]): boolean =>
  [...caller.roles, ...(caller.scopes ?? [])].some((each) => anyOf.includes(each));
