import type { Runtime } from '../../platform/runtime.ts';
import type { Provider } from '../core/provider-model.ts';
import { openBucket, returnLease, takeFromBucket } from './bucket-repository.ts';
import { type Bucket, type Lane, type Pace, paceOf, permitIn, roomFor } from './pace.ts';

/** A request has ended by then, or its sender has crashed: ten seconds for the provider, the rest for what is noted after. */
export const LEASE_MS = 20_000;

export type PermitResult =
  | { readonly kind: 'permit'; readonly leaseId: string; readonly waitedMs: number }
  /** Not within the time given: to be tried again at about this moment. */
  | { readonly kind: 'busy'; readonly againAtMs: number };

interface PermitRequest {
  readonly provider: Pick<Provider, 'id' | 'ratePerSec' | 'concurrency'>;
  readonly lane: Lane;
  /** Waits no longer than this. */
  readonly untilMs: number;
}

interface Line {
  /** The bucket as last read; only a guess, the conditional write decides. */
  seen?: Bucket | undefined;
  /** The last request in this queue. */
  last: Promise<unknown>;
}

/** In one process senders of a lane queue, and do not compete for the same permit. */
const lines = new WeakMap<object, Map<string, Line>>();

const lineOf = (rt: Runtime, { provider, lane }: PermitRequest): Line => {
  const own = lines.get(rt.dynamo) ?? new Map<string, Line>();
  lines.set(rt.dynamo, own);
  const key = `${provider.id} ${lane}`;
  const line = own.get(key) ?? { last: Promise.resolve() };
  own.set(key, line);
  return line;
};

type Tried = { readonly leaseId: string } | { readonly waitMs: number };

/** One try: acquires a permit, or says how long to wait. */
const tryOnce = async (rt: Runtime, wanted: PermitRequest, pace: Pace, line: Line): Promise<Tried> => {
  const { provider, lane } = wanted;
  const nowMs = rt.clock.nowMs();
  const bucket = line.seen ?? { dueMs: 0, leases: {} };
  const permit = permitIn(bucket, { lane, pace, concurrency: provider.concurrency, nowMs });
  if (permit.kind === 'wait') {
    line.seen = undefined; // by then others will have moved it
    return { waitMs: permit.ms };
  }
  const lease = { id: rt.ids.next('lse').slice(4), untilMs: nowMs + LEASE_MS };
  const expired = Object.fromEntries(permit.expired.map((id) => [id, bucket.leases[id] ?? 0]));
  const taken = await takeFromBucket(rt, {
    providerId: provider.id,
    kind: permit.kind,
    nowMs,
    stepMs: pace.stepMs,
    aheadMs: pace.aheadMs[lane],
    room: roomFor(lane, provider.concurrency),
    lease,
    expired,
  });
  if (taken === 'taken') {
    // As far as this process knows: spares the next in line a write that would be refused.
    line.seen = { dueMs: Math.max(nowMs, bucket.dueMs) + pace.stepMs, leases: {} };
    return { leaseId: lease.id };
  }
  if (taken === 'none') await openBucket(rt, provider.id);
  line.seen = taken === 'none' ? undefined : taken;
  return { waitMs: 0 };
};

/** A little apart, so that those who wait in several processes do not all come back at once; what is waited too long is rate lost. */
const withJitter = (rt: Runtime, ms: number, pace: Pace): number =>
  ms + rt.ids.random() * Math.min(pace.stepMs / 10, 20);

const waitForPermit = async (rt: Runtime, wanted: PermitRequest, line: Line): Promise<PermitResult> => {
  const pace = paceOf(wanted.provider.ratePerSec);
  const begunMs = rt.clock.nowMs();
  for (let lost = 0; ; ) {
    const tried = await tryOnce(rt, wanted, pace, line);
    const nowMs = rt.clock.nowMs();
    if ('leaseId' in tried) return { kind: 'permit', leaseId: tried.leaseId, waitedMs: nowMs - begunMs };
    // A lost write is tried again at once a few times: the bucket it gave back is fresh.
    lost = tried.waitMs === 0 ? lost + 1 : 0;
    const waitMs = withJitter(rt, lost > 3 ? pace.stepMs : tried.waitMs, pace);
    if (nowMs + waitMs > wanted.untilMs) return { kind: 'busy', againAtMs: nowMs + waitMs };
    if (tried.waitMs > 0 || lost > 3) await rt.clock.sleep(waitMs);
  }
};

/**
 * Waits for a provider's rate and for a free connection (R-SMS-04). Codes go ahead of everything else; how, is in
 * `pace.ts`. The lease must be given back with `releasePermit`.
 */
export const acquirePermit = async (rt: Runtime, wanted: PermitRequest): Promise<PermitResult> => {
  const line = lineOf(rt, wanted);
  const mine = line.last.then(
    () => waitForPermit(rt, wanted, line),
    () => waitForPermit(rt, wanted, line),
  );
  line.last = mine.catch(() => undefined);
  return mine;
};

/** Gives the lease back. Errors are ignored: the lease expires by itself. */
export const releasePermit = async (rt: Runtime, providerId: string, leaseId: string): Promise<void> => {
  try {
    await returnLease(rt, providerId, leaseId);
  } catch (error) {
    rt.log.warn('a lease was left to run out', { providerId, error });
  }
};
