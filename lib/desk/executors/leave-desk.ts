import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { commitChange } from '../core/change.ts';
import { executorMissing } from '../core/executor-repository.ts';
import { leaving } from '../core/presence.ts';
import type { Executor } from '../model.ts';
import { presenceChange } from './change-presence.ts';
import { findPresence, type SeenPresence } from './presence-repository.ts';
import { type ExecutorView, toExecutorView } from './presence-view.ts';

/** Takes an executor off the desk as they were seen; everything in their hand goes to the orphaned line. */
export const leave = async (
  rt: Runtime,
  seen: Pick<SeenPresence, 'stored' | 'limits'>,
): Promise<Executor> => {
  const move = leaving(seen.stored.executor);
  await commitChange(
    rt,
    presenceChange(rt, { before: seen.stored, move, limits: seen.limits, at: instant(rt.clock.nowMs()) }),
  );
  return move.after;
};

/** A manager takes an executor off the desk. Throws `executor-not-found`. Someone offline already stays as they are. */
export const forceOffline = (
  rt: Runtime,
  input: Actor & { executorId: string; reason: string },
): Promise<ExecutorView> =>
  untilCommitted(rt, async () => {
    const seen = await findPresence(rt, input.executorId);
    if (!seen) throw executorMissing();
    const { stored, beat, limits } = seen;
    if (stored.executor.presence === 'offline') return toExecutorView(stored.executor, beat);
    const move = leaving(stored.executor);
    const change = presenceChange(rt, { before: stored, move, limits, at: instant(rt.clock.nowMs()) });
    const audit = audited(rt, input, {
      action: 'executor.forced-offline',
      subject: `executor/${input.executorId}`,
      deskId: stored.executor.homeDeskId,
      details: { from: stored.executor.presence, open: stored.executor.open.length, reason: input.reason },
    });
    await commitChange(rt, change, { events: [audit] });
    return toExecutorView(move.after, beat);
  });
