import { epochMs, type Instant, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { commitChange } from '../core/change.ts';
import { staleAfterMs } from '../core/executor.ts';
import { executorMissing } from '../core/executor-repository.ts';
import { isTooLate, restoring } from '../core/presence.ts';
import { presenceChange } from './change-presence.ts';
import { leave } from './leave-desk.ts';
import { findPresence, recordBeat, type SeenPresence } from './presence-repository.ts';
import { type PresenceView, toPresenceView } from './presence-view.ts';

/** A suspect sends a heartbeat again: back with every ticket while the reconnect wait runs, else gone (R-DESK-08). */
const suspectReturned = async (rt: Runtime, seen: SeenPresence, at: Instant) => {
  const { stored, limits } = seen;
  if (isTooLate(stored.executor, limits, at)) return leave(rt, seen);
  const move = restoring(stored.executor);
  await commitChange(rt, presenceChange(rt, { before: stored, move, limits, at }));
  return move.after;
};

/**
 * Notes a heartbeat of an instant and acts on it; undefined for whoever is no executor. One that is itself so old that
 * its sender counts as missed brings nobody back.
 */
export const heartbeatAt = async (
  rt: Runtime,
  executorId: string,
  beatAt: Instant,
): Promise<PresenceView | undefined> => {
  await recordBeat(rt, executorId, beatAt);
  return untilCommitted(rt, async () => {
    const seen = await findPresence(rt, executorId);
    if (!seen) return undefined;
    const { stored, beat, limits } = seen;
    const at = instant(rt.clock.nowMs());
    const isFresh = epochMs(at) - epochMs(beatAt) < staleAfterMs(limits);
    const suspect = stored.executor.presence === 'suspect' && isFresh;
    const current = suspect ? await suspectReturned(rt, seen, at) : stored.executor;
    return toPresenceView(current, { beat, limits });
  });
};

/**
 * "I am here." Three requests in the ordinary case: the beat, the executor, the limits of their desk. The heartbeat is noted before the executor is read: a timer that
 * makes them suspect either sees it, or its change is seen here. Throws `executor-not-found`.
 */
export const heartbeat = async (rt: Runtime, executorId: string): Promise<PresenceView> => {
  const view = await heartbeatAt(rt, executorId, instant(rt.clock.nowMs()));
  if (!view) throw executorMissing();
  return view;
};
