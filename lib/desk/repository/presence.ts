import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Limits, PresenceBeat } from '../model.ts';
import type { Due } from '../timers/timers.ts';
import { CLEAR_DUE, dueMove, type StandingDue, standingDue, updateIf } from './due.ts';
import { beatKey, executorKey, type StoredExecutor, toBeat, withHoldings } from './executors.ts';
import { findLimits } from './limits.ts';
import { deskTable, findItems } from './table.ts';

/** Everything that decides on an executor's presence, as it stood. */
export interface SeenPresence {
  readonly stored: StoredExecutor;
  /** Undefined for someone who never came online. */
  readonly beat: PresenceBeat | undefined;
  /** The next look, or the end of the reconnect wait. */
  readonly due: StandingDue | undefined;
  /** In force on their home desk. */
  readonly limits: Limits;
}

/** Executor and heartbeat, read consistently in one request; then the limits of their home desk. */
export const findPresence = async (rt: Runtime, executorId: string): Promise<SeenPresence | undefined> => {
  const items = await findItems(rt, [executorKey(executorId), beatKey(executorId)]);
  const item = (sk: string) => items.find((each) => each.sk === sk);
  const executor = item('EXECUTOR');
  if (!executor) return undefined;
  const [stored] = await withHoldings(rt, [executor]);
  if (!stored) return undefined;
  const beat = item('PRESENCE');
  return {
    stored,
    beat: beat && toBeat(beat),
    due: beat && standingDue(beat),
    limits: await findLimits(rt, stored.executor.homeDeskId),
  };
};

/** Notes a heartbeat and touches nothing else; false for someone who never came online. */
export const recordBeat = (rt: Runtime, executorId: string, at: Instant): Promise<boolean> =>
  updateIf(rt, {
    TableName: deskTable(rt),
    Key: { ...beatKey(executorId) },
    UpdateExpression: 'SET lastBeatAt = :at',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':at': at },
  });

/** Turns the watch into a reconnect wait, unless a heartbeat came meanwhile. */
export const suspectWrite = (
  rt: Runtime,
  seen: { due: StandingDue; lastBeatAt: Instant },
  due: Due,
): Write => ({
  Update: dueMove(rt, seen.due, { due, and: { lastBeatAt: seen.lastBeatAt } }),
});

/** Nobody watches this executor any more. The next chain has another name, so an old timer finds nothing. */
export const unwatchWrite = (rt: Runtime, executorId: string): Write => ({
  Update: {
    TableName: deskTable(rt),
    Key: { ...beatKey(executorId) },
    UpdateExpression: `SET watch = :none ${CLEAR_DUE}`,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#timer': 'timer' },
    ExpressionAttributeValues: { ':none': 'none' },
  },
});
