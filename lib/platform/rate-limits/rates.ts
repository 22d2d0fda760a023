import type { RateKind } from '../rate-limiter.ts';
import { count, defineSettings, type NumberSetting } from '../settings/define-settings.ts';

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
      'Heartbeats and changes of presence of one user in a minute, counted apart from their other requests.',
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

const SHARE_OF_LIMIT = 50;
const MIN_BATCH = 5;

/**
 * How many requests a process counts by itself before it reads the store. All processes together admit at most
 * `limit + P × (batch − 1)` in a window, where P is how many of them serve the same caller in it.
 */
export const batchOf = (limit: number): number => Math.max(MIN_BATCH, Math.floor(limit / SHARE_OF_LIMIT));
