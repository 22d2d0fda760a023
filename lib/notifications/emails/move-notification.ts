import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Change } from '../../platform/storage/change.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { findNotification, notificationWrite } from '../core/notification-repository.ts';
import { type Notification, nextStates } from '../model.ts';

/** What changes with a move; version and time follow. */
export interface Move extends Partial<Change> {
  readonly change: Partial<Notification> & Pick<Notification, 'state'>;
}

/** One move from exactly what was read. Throws CommitConflict when it is no longer that. */
export const moveOnce = async (rt: Runtime, before: Notification, move: Move): Promise<Notification> => {
  if (!nextStates[before.state].includes(move.change.state)) {
    throw new Error(`a notification does not go from ${before.state} to ${move.change.state}`);
  }
  const after: Notification = {
    ...before,
    ...move.change,
    updatedAt: instant(rt.clock.nowMs()),
    version: before.version + 1,
  };
  const writes = [notificationWrite(rt, after), ...(move.writes ?? [])];
  await commit(rt, { writes, ...(move.events && { events: move.events }) });
  rt.log.info('notification', { notificationId: after.id, state: after.state, attempts: after.attempts });
  return after;
};

/**
 * Reads, decides and moves, again when another was first. `decide` gives undefined where there is nothing to do; a move that
 * the table of states does not allow is nothing to do either. Throws `notification-not-found`.
 */
export const moveNotification = (
  rt: Runtime,
  id: string,
  decide: (notification: Notification) => Move | undefined,
): Promise<void> =>
  untilCommitted(rt, async () => {
    const before = await findNotification(rt, id);
    if (!before) throw new AppError('missing', 'notification-not-found', 'There is no such notification.');
    const move = decide(before);
    if (!move || !nextStates[before.state].includes(move.change.state)) return;
    await moveOnce(rt, before, move);
  });
