import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { updateIf } from '../../platform/storage/update-if.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { PendingDue } from '../../platform/timers/due-item.ts';
import { executorItems, presenceBeats } from '../core/executor-items.ts';
import { readWithBeats, type StoredExecutor, withHoldings } from '../core/executor-repository.ts';
import { findLimits } from '../core/limit-repository.ts';
import { deskTable } from '../core/table.ts';
import { type DeskTimer, deskTimers } from '../desk-timers.ts';
import type { Limits, PresenceBeat } from '../model.ts';

/** Everything that decides on an executor's presence, as it was read. */
export interface SeenPresence {
  readonly stored: StoredExecutor;
  /** Undefined for someone who never came online. */
  readonly beat: PresenceBeat | undefined;
  /** The next heartbeat check, or the end of the reconnect wait. */
  readonly due: PendingDue<DeskTimer> | undefined;
  /** In force on their home desk. */
  readonly limits: Limits;
}

/** Executor and heartbeat, read consistently in one request; then the limits of their home desk. */
export const findPresence = async (rt: Runtime, executorId: string): Promise<SeenPresence | undefined> => {
  const {
    executors: [executor],
    beats: [beat],
  } = await readWithBeats(rt, [executorId]);
  if (!executor) return undefined;
  const [stored] = await withHoldings(rt, [executorItems.parse(rt, executor)]);
  if (!stored) return undefined;
  return {
    stored,
    beat: beat && presenceBeats.parse(rt, beat),
    due: beat && deskTimers.pending(beat),
    limits: await findLimits(rt, stored.executor.homeDeskId),
  };
};

/** Notes a heartbeat and touches nothing else; false for someone who never came online, and for one that is older than the last. */
export const recordBeat = (rt: Runtime, executorId: string, at: Instant): Promise<boolean> =>
  updateIf(rt, {
    TableName: deskTable(rt),
    Key: { ...presenceBeats.key({ executorId }) },
    UpdateExpression: 'SET lastBeatAt = :at',
    ConditionExpression: 'attribute_exists(pk) AND lastBeatAt < :at',
    ExpressionAttributeValues: { ':at': at },
  });

/** Nobody watches this executor any more. The next chain has another name, so an old timer finds nothing. */
export const unwatchWrite = (rt: Runtime, executorId: string): Write => ({
  Update: deskTimers.update(rt, presenceBeats.key({ executorId }), {
    due: undefined,
    set: { watch: 'none' },
  }),
});
