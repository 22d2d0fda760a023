import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { commitChange } from '../core/change.ts';
import { isAvailable } from '../core/executor.ts';
import { executorMissing } from '../core/executor-repository.ts';
import { intended, isTooLate, type PresenceIntent } from '../core/presence.ts';
import { presenceChange } from './change-presence.ts';
import { heartbeat } from './heartbeat.ts';
import { leave } from './leave-desk.ts';
import { findPresence, type SeenPresence } from './presence-repository.ts';
import { type PresenceView, toPresenceView } from './presence-view.ts';

const found = async (rt: Runtime, executorId: string): Promise<SeenPresence> => {
  const seen = await findPresence(rt, executorId);
  if (!seen) throw executorMissing();
  return seen;
};

/** What an executor says of themselves (R-DESK-08, R-DESK-10). Throws `executor-not-found`. */
export const setPresence = (
  rt: Runtime,
  { executorId, intent }: { executorId: string; intent: PresenceIntent },
): Promise<PresenceView> =>
  untilCommitted(rt, async () => {
    let seen = await found(rt, executorId);
    const at = instant(rt.clock.nowMs());
    if (isTooLate(seen.stored.executor, seen.limits, at)) {
      // The timer is only a little behind: they left, and then they came.
      await leave(rt, seen);
      seen = await found(rt, executorId);
    }
    const { stored, limits } = seen;
    const move = intended(stored.executor, intent);
    // There already: that is a heartbeat, and a timer that made them suspect this moment is answered like one.
    if (!move && isAvailable(intent)) return heartbeat(rt, executorId);
    if (move) await commitChange(rt, presenceChange(rt, { before: stored, move, limits, at }));
    const current = move?.after ?? stored.executor;
    const beat = isAvailable(intent) ? { lastBeatAt: at } : seen.beat;
    return toPresenceView(current, { beat, limits });
  });
