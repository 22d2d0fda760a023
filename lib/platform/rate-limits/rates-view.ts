import * as z from 'zod';
import type { StoredRates } from './rate-store.ts';
import { RATE_KINDS, type RateKind, rateRanges } from './rates.ts';

const MEANINGS: Readonly<Record<RateKind, string>> = {
  person: 'Requests of one person in a minute.',
  key: 'Requests with one machine’s key in a minute.',
  address: 'Requests in a minute from one IP address (a /64 of IPv6) of callers who are not signed in.',
  presence:
    'Heartbeats and changes of presence of one person in a minute, counted apart from their other requests.',
  service:
    'Requests in a minute from one IP address for providers’ reports and the published keys, counted apart from the others.',
};

const inRange = (kind: RateKind) => {
  const { min, max, initial } = rateRanges[kind];
  return z
    .int()
    .min(min)
    .max(max)
    .meta({ description: `${MEANINGS[kind]} ${initial} unless changed.` });
};

const rates = z.object(
  Object.fromEntries(RATE_KINDS.map((kind) => [kind, inRange(kind)])) as Record<RateKind, z.ZodInt>,
);

export const ratesView = z.object({ rates, version: z.int().min(0) }).meta({ id: 'RateLimits' });
export type RatesView = z.infer<typeof ratesView>;

/** A change: what is not named stays. */
export const ratesChange = z.strictObject({
  rates: rates
    .partial()
    .strict()
    .refine((changed) => Object.keys(changed).length > 0, 'names no setting'),
});
export type RatesChange = z.output<typeof ratesChange>;

export const toRatesView = ({ rates: inForce, version }: StoredRates): RatesView => ({
  rates: { ...inForce },
  version,
});
