import type { Runtime } from '../../platform/runtime.ts';
import type { Provider } from '../core/provider-model.ts';
import { LEASE_MS, releasePermit } from './acquire-permit.ts';
import { leaseFromBucket, openBucket, returnLease } from './bucket-repository.ts';
import { type Bucket, roomFor } from './pace.ts';

type RequestedSms = Pick<Provider, 'id' | 'concurrency'>;

interface Slots {
  open: number;
  readonly waiting: (() => void)[];
}

/** Within one process questions wait for each other; what other processes hold, the bucket tells. */
const slots = new WeakMap<object, Map<string, Slots>>();

const slotsOf = (rt: Runtime, { id }: RequestedSms): Slots => {
  const own = slots.get(rt.dynamo) ?? new Map<string, Slots>();
  slots.set(rt.dynamo, own);
  const known = own.get(id) ?? { open: 0, waiting: [] };
  own.set(id, known);
  return known;
};

const enter = async (own: Slots, room: number): Promise<void> => {
  if (own.open < room) own.open += 1;
  else await new Promise<void>((resolve) => own.waiting.push(resolve));
};

/** The slot goes from hand to hand while somebody waits. */
const leave = (own: Slots): void => {
  const next = own.waiting.shift();
  if (next) next();
  else own.open -= 1;
};

/** Leases that crashed holders have left fall out; whether there were any. */
const cleared = async (rt: Runtime, providerId: string, { leases }: Bucket): Promise<boolean> => {
  const nowMs = rt.clock.nowMs();
  const expired = Object.entries(leases).flatMap(([id, untilMs]) => (untilMs <= nowMs ? [id] : []));
  await Promise.all(expired.map((id) => returnLease(rt, providerId, id)));
  return expired.length > 0;
};

const lease = async (
  rt: Runtime,
  { id: providerId }: RequestedSms,
  room: number,
): Promise<string | undefined> => {
  const id = rt.ids.next('lse').slice(4);
  const wanted = { providerId, room, lease: { id, untilMs: rt.clock.nowMs() + LEASE_MS } };
  let taken = await leaseFromBucket(rt, wanted);
  if (taken === 'none') {
    await openBucket(rt, providerId);
    taken = await leaseFromBucket(rt, wanted);
  }
  if (typeof taken === 'object' && (await cleared(rt, providerId, taken)))
    taken = await leaseFromBucket(rt, wanted);
  return taken === 'taken' ? id : undefined;
};

/**
 * Uses one of a provider's connections for something that is no message: no rate binds it. `busy`: all but one, which is kept for
 * messages, are in use.
 */
export const withConnection = async <T>(
  rt: Runtime,
  provider: RequestedSms,
  work: () => Promise<T>,
): Promise<T | 'busy'> => {
  const room = roomFor('bulk', provider.concurrency);
  const own = slotsOf(rt, provider);
  await enter(own, room);
  try {
    const leaseId = await lease(rt, provider, room);
    if (leaseId === undefined) return 'busy';
    try {
      return await work();
    } finally {
      await releasePermit(rt, provider.id, leaseId);
    }
  } finally {
    leave(own);
  }
};
