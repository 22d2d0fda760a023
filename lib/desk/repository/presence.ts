import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { effectiveLimits } from '../limits.ts';
import type { Limits, PresenceBeat } from '../model.ts';
import type { Due } from '../timers.ts';
import { type StandingDue, standingDue } from './due.ts';
import { beatKey, executorKey, type StoredExecutor, toBeat, toStoredExecutor } from './executors.ts';
import { limitsKey, toRegistry } from './limits.ts';
import { deskTable, findItems } from './table.ts';

/** Everything that decides on an executor's presence, as it stood in one request. */
export interface SeenPresence {
  readonly stored: StoredExecutor;
  /** Undefined for someone who never came online. */
  readonly beat: PresenceBeat | undefined;
  /** The next look, or the end of the reconnect wait. */
  readonly due: StandingDue | undefined;
  /** In force on their home desk. */
  readonly limits: Limits;
}

/** Executor, heartbeat and limits, read consistently in one request. */
export const findPresence = async (rt: Runtime, executorId: string): Promise<SeenPresence | undefined> => {
  const items = await findItems(rt, [executorKey(executorId), beatKey(executorId), limitsKey]);
  const item = (sk: string) => items.find((each) => each.sk === sk);
  const executor = item('EXECUTOR');
  if (!executor) return undefined;
  const stored = toStoredExecutor(executor);
  const beat = item('PRESENCE');
  return {
    stored,
    beat: beat && toBeat(beat),
    due: beat && standingDue(beat),
    limits: effectiveLimits(toRegistry(item(limitsKey.sk)), stored.executor.homeDeskId),
  };
};

const CONFLICT_TRIES = 6;

/** One conditional update; false when the condition does not hold. A transaction on the item in flight is waited for. */
const updateIf = async (rt: Runtime, update: UpdateCommandInput): Promise<boolean> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rt.dynamo.send(new UpdateCommand(update));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      if (!(error instanceof TransactionConflictException) || attempt === CONFLICT_TRIES) throw error;
      await rt.clock.sleep(5 * 2 ** attempt * (0.5 + rt.ids.random()));
    }
  }
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

/** The deadline moves only from where it was seen: two timers of one chain cannot make two chains of it. */
const dueUpdate = (rt: Runtime, seen: StandingDue, due: Due) => ({
  TableName: deskTable(rt),
  Key: { ...seen.key },
  UpdateExpression: 'SET dueShard = :dueShard, dueAt = :dueAt, #timer = :timer',
  ConditionExpression: 'dueAt = :seen',
  ExpressionAttributeNames: { '#timer': 'timer' },
  ExpressionAttributeValues: {
    ':dueShard': due.dueShard,
    ':dueAt': due.dueAt,
    ':timer': due.timer,
    ':seen': seen.dueAt,
  } as Record<string, unknown>,
});

/** False when another timer of the chain was first. */
export const movePresenceDue = (rt: Runtime, seen: StandingDue, due: Due): Promise<boolean> =>
  updateIf(rt, dueUpdate(rt, seen, due));

/** Turns the watch into a reconnect wait, unless a heartbeat came meanwhile. */
export const suspectWrite = (
  rt: Runtime,
  seen: { due: StandingDue; lastBeatAt: Instant },
  due: Due,
): Write => {
  const { ConditionExpression, ExpressionAttributeValues, ...update } = dueUpdate(rt, seen.due, due);
  return {
    Update: {
      ...update,
      ConditionExpression: `${ConditionExpression} AND lastBeatAt = :beat`,
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ':beat': seen.lastBeatAt },
    },
  };
};

/** Nobody watches this executor any more. The next chain has another name, so an old timer finds nothing. */
export const unwatchWrite = (rt: Runtime, executorId: string): Write => ({
  Update: {
    TableName: deskTable(rt),
    Key: { ...beatKey(executorId) },
    UpdateExpression: 'SET watch = :none REMOVE dueShard, dueAt, #timer',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#timer': 'timer' },
    ExpressionAttributeValues: { ':none': 'none' },
  },
});
