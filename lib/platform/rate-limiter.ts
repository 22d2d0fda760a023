/** What is counted apart, and for whom. A flood of one kind leaves the others their own room. */
export const RATE_KINDS = ['person', 'key', 'address', 'presence', 'service'] as const;

/**
 * `person`, `key`: whoever is signed in. `address`: nobody known, by IP address (a /64 of IPv6). `presence`: heartbeats and
 * presence of a user. `service`: reports of other companies' servers and the published keys, by IP address.
 */
export type RateKind = (typeof RATE_KINDS)[number];

/** One count: of which kind, and whose (an id of a caller, a network). */
export interface Counted {
  readonly kind: RateKind;
  readonly who: string;
}

export interface Admission {
  readonly admitted: boolean;
  readonly limit: number;
  /** As far as this process knows. */
  readonly remaining: number;
  /** Whole seconds until the window ends, 1 at least. */
  readonly resetSec: number;
}

/** Counts requests, and says which are too many. One per process. */
export interface RateLimiter {
  /** Never throws: a store that is away must not keep anybody out by this. */
  admit(counted: Counted): Promise<Admission>;
}
