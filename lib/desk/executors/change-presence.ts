import { epochMs, type Instant, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { type Change, joined } from '../../platform/storage/change.ts';
import { executorChange } from '../core/change.ts';
import { isAvailable, staleAfterMs } from '../core/executor.ts';
import { beatWrite, type StoredExecutor } from '../core/executor-repository.ts';
import type { PresenceMove } from '../core/presence.ts';
import { type DeskTimer, deskTimers } from '../desk-timers.ts';
import { handedOverEvent } from '../internal-events.ts';
import type { Limits } from '../model.ts';
import { unwatchWrite } from './presence-repository.ts';

/** A fresh heartbeat and the first of a new chain of checks. */
const startWatch = (
  rt: Runtime,
  executorId: string,
  { limits, at }: { limits: Limits; at: Instant },
): Change => {
  const watch = rt.ids.next('wch');
  const timer: DeskTimer = { kind: 'presence', executorId, watch };
  const { due, events } = deskTimers.set(rt, timer, instant(epochMs(at) + staleAfterMs(limits)));
  return {
    writes: [beatWrite(rt, { executorId, lastBeatAt: at, watch }, due)],
    events,
  };
};

const watchChange = (
  rt: Runtime,
  { before, move, limits, at }: { before: StoredExecutor; move: PresenceMove; limits: Limits; at: Instant },
): Change | undefined => {
  const { id, presence } = move.after;
  if (isAvailable(presence)) return startWatch(rt, id, { limits, at });
  const wasWatched = isAvailable(before.executor.presence) || before.executor.presence === 'suspect';
  return wasWatched ? { writes: [unwatchWrite(rt, id)], events: [] } : undefined;
};

/** Everything a move of presence brings with it: roster, heartbeat checks, and the event that hands tickets over. */
export const presenceChange = (
  rt: Runtime,
  seen: { before: StoredExecutor; move: PresenceMove; limits: Limits; at: Instant },
): Change => {
  const { before, move, limits } = seen;
  const handOver = move.after.open.length > 0 ? move.handOver : undefined;
  return joined(
    executorChange(rt, { before, after: move.after, limits }),
    watchChange(rt, seen),
    handOver && { writes: [], events: [handedOverEvent(move.after, handOver)] },
  );
};
