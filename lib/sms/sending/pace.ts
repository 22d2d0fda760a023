// @pure

import * as z from 'zod';
import { lazily, type ReadBy } from '../../platform/storage/stored-schema.ts';

/** Codes overtake transactional messages, both overtake the rest (R-SMS-09). */
export const LANES = ['otp', 'transactional', 'bulk'] as const;
export type Lane = (typeof LANES)[number];

export interface Pace {
  /** Between two messages of the bulk, ms. */
  readonly stepMs: number;
  /** How far ahead of its time each lane may go, ms. */
  readonly aheadMs: Readonly<Record<Lane, number>>;
}

const RESERVE = 5;

/**
 * A provider that takes N messages in any second gets at most N in any second: of these a fifth is kept for codes, so that one
 * goes at once however much waits. The generic cell rate algorithm (ITU-T I.371): a message is due at `dueMs`; each pushes it on by
 * a step; a lane may go while `dueMs <= now + ahead`. With step = 1000 / (N − r) and ahead = r steps, k messages within a second
 * need (k − 1) steps < 1000 + r steps, so k ≤ N. Below five a second nothing can be kept: codes wait a step at most.
 */
export const paceOf = (ratePerSec: number): Pace => {
  const reserve = Math.floor(ratePerSec / RESERVE);
  const stepMs = 1000 / (ratePerSec - reserve);
  const aheadMs = reserve * stepMs;
  return { stepMs, aheadMs: { otp: aheadMs, transactional: Math.floor(reserve / 2) * stepMs, bulk: 0 } };
};

/** Requests at once that a lane may bring a provider to: one is kept for codes where there are several. */
export const roomFor = (lane: Lane, concurrency: number): number =>
  lane === 'otp' ? concurrency : Math.max(1, concurrency - 1);

/** A provider's bucket as it was last seen. */
export const bucketSchema = lazily(() =>
  z.object({
    /** When the next message is due, ms; in the past while the provider is idle. */
    dueMs: z.number(),
    /** Requests that are open, and when each is given up as crashed, ms. */
    leases: z.record(z.string(), z.number()),
  }),
);
export type Bucket = ReadBy<typeof bucketSchema>;

export type PermitDecision =
  /** `idle`: the bucket starts anew from now. `ahead`: it goes on from its present level. `expired` leases fall out with it. */
  | { readonly kind: 'idle' | 'ahead'; readonly expired: readonly string[] }
  | { readonly kind: 'wait'; readonly ms: number };

/** Looking again for a lease that may be given back any moment, ms. */
const LEASE_LOOK_MS = 40;

/** Whether a permit is free now, by the bucket as last read. */
export const permitIn = (
  bucket: Bucket,
  { lane, pace, concurrency, nowMs }: { lane: Lane; pace: Pace; concurrency: number; nowMs: number },
): PermitDecision => {
  const ahead = pace.aheadMs[lane];
  const waitMs = bucket.dueMs - ahead - nowMs;
  if (waitMs > 0) return { kind: 'wait', ms: Math.ceil(waitMs) };
  const expired = Object.entries(bucket.leases).flatMap(([id, untilMs]) => (untilMs <= nowMs ? [id] : []));
  const open = Object.keys(bucket.leases).length - expired.length;
  if (open >= roomFor(lane, concurrency)) return { kind: 'wait', ms: LEASE_LOOK_MS };
  return { kind: bucket.dueMs <= nowMs ? 'idle' : 'ahead', expired };
};
