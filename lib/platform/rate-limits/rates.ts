import { count, defineSettings, type NumberSetting } from '../settings/define-settings.ts';

/** What is counted apart, and for whom. A flood of one kind leaves the others their own room. */
export const RATE_KINDS = ['person', 'key', 'address', 'presence', 'service'] as const;

/**
 * `person`, `key`: whoever is signed in. `address`: nobody known, by IP address (a /64 of IPv6). `presence`: heartbeats and
 * presence of a person. `service`: reports of other companies' servers and the published keys, by IP address.
 */
export type RateKind = (typeof RATE_KINDS)[number];

/** Requests in a minute. The floors leave people work to do; the ceilings are the gateway's. */
export const rateSettings = defineSettings({
  name: 'rate-limits',
  table: 'platform',
  group: 'security',
  settings: {
    person: count([60, 600, 60_000], 'Requests per minute of one user.'),
    key: count([60, 3000, 600_000], 'Requests with one API key in a minute.'),
    address: count(
      [30, 300, 60_000],
      'Requests in a minute from one IP address (a /64 of IPv6) of callers who are not signed in.',
    ),
    // A heartbeat every 10 s is 6 a minute; the floor lets one a second pass.
    presence: count(
      [60, 120, 6000],
      'Heartbeats and changes of presence of one person in a minute, counted apart from their other requests.',
    ),
    service: count(
      [600, 6000, 600_000],
      'Requests in a minute from one IP address for providers’ reports and the published keys, counted apart from the others.',
    ),
  } satisfies Readonly<Record<RateKind, NumberSetting>>,
});

export type Rates = Readonly<Record<RateKind, number>>;

export const initialRates: Rates = rateSettings.initial.values;

export const WINDOW_MS = 60_000;

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

const SHARE_OF_LIMIT = 50;
const MIN_BATCH = 5;

/**
 * How many requests a process counts by itself before it asks the store. All processes together admit at most
 * `limit + P × (batch − 1)` in a window, where P is how many of them serve the same caller in it.
 */
export const batchOf = (limit: number): number => Math.max(MIN_BATCH, Math.floor(limit / SHARE_OF_LIMIT));
