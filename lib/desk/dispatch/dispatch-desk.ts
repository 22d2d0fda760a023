import { epochMs, type Instant } from '../../platform/clock.ts';
import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { dispatchRequested } from '../internal-events.ts';
import { lastNumber } from './decision-repository.ts';
import { dispatchRound, type Round } from './dispatch-round.ts';
import { acquireLease, type Lease, releaseLease, renewLease } from './lease-repository.ts';

/** How far to read behind tickets and executors that do not match: 100 × 2^6 of each. */
const DEEPEST = 6;
/** A run ends after this long and leaves the rest to a wake-up of its own. */
const RUN_MS = 15_000;
/** A plan that was begun within a run is carried out to its end, unless that takes longer than this. */
const OVERTIME_MS = 8000;
const RENEW_BEFORE_MS = 3000;
/**
 * Numbers left free when a lease is taken over: its former holder may still be committing a plan (of at most 6 400
 * tickets) that nobody else has seen, and each number is given once.
 */
export const TAKEN_OVER_GAP = 10_000;

export interface Dispatched {
  /** `held`: another dispatcher is at work and has the wake-up; `lost`: another took over; `unfinished`: cut short. */
  readonly kind: 'done' | 'held' | 'lost' | 'unfinished';
  readonly assigned: number;
}

/** A wake-up for the end of somebody else's lease: if the holder crashed, the desk waits no longer than that. */
const wakeAt = (rt: Runtime, deskId: string, deliverAt: Instant): Promise<void> =>
  sendReminders(rt, [dispatchRequested.draft({ deskId }, { deliverAt })]);

interface Run {
  readonly lease: Lease;
  readonly assigned: number;
  readonly last: number;
}

const MAX_LOST_ROUNDS = 20;

type Drained = Run & { readonly kind: 'drained' | 'cut' | 'lost' };

/** How deep to read next, or undefined when there is nothing left to find. */
const nextDepth = (
  rt: Runtime,
  result: Round,
  read: { deskId: string; depth: number },
): number | undefined => {
  if (result.lost > 0) return 0;
  if (!result.more) return undefined;
  if (result.assigned > 0) return 0;
  if (read.depth < DEEPEST) return read.depth + 1;
  rt.log.warn('dispatch read no deeper', read);
  return undefined;
};

/** The lease of a run, held on to while there is work. */
class LeaseKeeper {
  lease: Lease;
  lost = false;
  readonly #rt: Runtime;

  constructor(rt: Runtime, lease: Lease) {
    this.#rt = rt;
    this.lease = lease;
  }

  /** Renews the lease when its end is near; false when somebody else has taken over. */
  async keep(): Promise<boolean> {
    if (epochMs(this.lease.until) - this.#rt.clock.nowMs() >= RENEW_BEFORE_MS) return true;
    const renewed = await renewLease(this.#rt, this.lease);
    this.lost = renewed === undefined;
    this.lease = renewed ?? this.lease;
    return !this.lost;
  }
}

/** Rounds until a deeper read finds nothing either, or time is up. */
const drainLines = async (rt: Runtime, start: Run, endMs: number): Promise<Drained> => {
  const keeper = new LeaseKeeper(rt, start.lease);
  const { deskId } = start.lease;
  const mayGoOn = async () => rt.clock.nowMs() < endMs + OVERTIME_MS && keeper.keep();
  let { assigned, last } = start;
  let depth: number | undefined = 0;
  let lostRounds = 0;
  const unreadable = new Set<string>();
  while (depth !== undefined) {
    if (rt.clock.nowMs() >= endMs || lostRounds >= MAX_LOST_ROUNDS)
      return { kind: 'cut', lease: keeper.lease, assigned, last };
    if (!keeper.lost) await keeper.keep();
    if (keeper.lost) return { kind: 'lost', lease: keeper.lease, assigned, last };
    const result: Round = await dispatchRound(rt, { deskId, depth, last, mayGoOn, unreadable });
    assigned += result.assigned;
    // A share may have been lost to its number: the decisions themselves know the last one.
    last = result.lost > 0 ? Math.max(result.lastNumber, await lastNumber(rt, deskId)) : result.lastNumber;
    lostRounds = result.lost > 0 && result.assigned === 0 ? lostRounds + 1 : 0;
    depth = nextDepth(rt, result, { deskId, depth });
  }
  return { kind: 'drained', lease: keeper.lease, assigned, last };
};

const startOf = async (rt: Runtime, lease: Lease): Promise<Run> => ({
  lease,
  assigned: 0,
  last: lease.lastNumber ?? (await lastNumber(rt, lease.deskId)) + TAKEN_OVER_GAP,
});

/**
 * Deals a desk's waiting tickets to whoever has room, until nothing fits any more. One dispatcher works on a desk at
 * a time; a wake-up that finds it at work is left with it (R-DESK-05, R-DESK-06, R-DESK-12). A run that is cut short
 * leaves its lease to expire and a wake-up for that instant.
 */
export const dispatchDesk = async (rt: Runtime, deskId: string): Promise<Dispatched> => {
  const taken = await acquireLease(rt, deskId, rt.ids.next('run'));
  if (taken.kind === 'held') {
    if (!taken.guarded) await wakeAt(rt, deskId, taken.until);
    return { kind: 'held', assigned: 0 };
  }
  const endMs = rt.clock.nowMs() + RUN_MS;
  let run = await startOf(rt, taken.lease);
  for (;;) {
    const drained = await drainLines(rt, run, endMs);
    if (drained.kind === 'lost') return { kind: 'lost', assigned: drained.assigned };
    if (drained.kind === 'cut') {
      await wakeAt(rt, deskId, drained.lease.until);
      return { kind: 'unfinished', assigned: drained.assigned };
    }
    const released = await releaseLease(rt, drained.lease, drained.last);
    if (released.kind !== 'woken') return { kind: 'done', assigned: drained.assigned };
    run = { ...drained, lease: { ...drained.lease, wakes: released.wakes } };
  }
};
