import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { DueItem } from '../../platform/timers/sweep-due-lines.ts';
import type { Ticket } from '../model.ts';
import type { Due, Timer } from '../timers/timers.ts';
import { deskTable, findItem, type Item, type Key } from './table.ts';
import { lineKey } from './tickets.ts';

/** A deadline as it stands on the item it is about. */
export interface StandingDue extends Due, DueItem {
  readonly key: Key;
}

export const standingDue = (item: Item): StandingDue | undefined =>
  typeof item.dueAt === 'string' && typeof item.dueShard === 'string' && item.timer
    ? {
        key: { pk: item.pk, sk: item.sk },
        dueAt: (item.deadline as Instant | undefined) ?? item.dueAt,
        deadline: (item.deadline as Instant | undefined) ?? item.dueAt,
        lookAt: item.dueAt,
        dueShard: item.dueShard,
        timer: item.timer as Timer,
      }
    : undefined;

const SET_DUE = 'SET dueShard = :dueShard, dueAt = :dueAt, #timer = :timer';
/** A deadline set anew was not sent yet. */
const UNSENT = 'REMOVE deadline';
export const CLEAR_DUE = 'REMOVE dueShard, dueAt, #timer, deadline';
const names = { '#timer': 'timer' };
const values = (due: Due) => ({ ':dueShard': due.dueShard, ':dueAt': due.dueAt, ':timer': due.timer });

const CONFLICT_TRIES = 6;

/** One conditional update; false when the condition does not hold. A transaction on the item in flight is waited for. */
export const updateIf = async (rt: Runtime, update: UpdateCommandInput): Promise<boolean> => {
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

/**
 * Moves the deadline of an item and touches nothing else of it. It moves only from where it was seen: two timers of one
 * chain cannot make two chains of it. `and` holds it to more: attribute → value.
 */
export const dueMove = (
  rt: Runtime,
  seen: StandingDue,
  { due, and = {} }: { due: Due; and?: Readonly<Record<string, string>> },
) => {
  const more = Object.entries(and);
  return {
    TableName: deskTable(rt),
    Key: { ...seen.key },
    UpdateExpression: `${SET_DUE} ${UNSENT}`,
    ConditionExpression: ['dueAt = :seen', ...more.map(([name]) => `${name} = :and_${name}`)].join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: {
      ...values(due),
      ':seen': seen.lookAt,
      ...Object.fromEntries(more.map(([name, value]) => [`:and_${name}`, value])),
    },
  };
};

/** The deadline on a waiting ticket's place in line: at which stage the wait really is. */
export const findLineDue = async (rt: Runtime, ticket: Ticket): Promise<StandingDue | undefined> => {
  const key = lineKey(ticket);
  if (!key) return undefined;
  const item = await findItem(rt, key);
  return item && standingDue(item);
};

/** A decision's acceptance deadline, and whether it was counted as missed already. */
export interface MarkedDecision {
  readonly key: Key;
  readonly dueAt: Instant | undefined;
  readonly missed: boolean;
}

export const findMarkedDecision = async (
  rt: Runtime,
  deskId: string,
  decision: string,
): Promise<MarkedDecision | undefined> => {
  const key = { pk: `DECISIONS#${deskId}`, sk: decision };
  const item = await findItem(rt, key);
  return item && { key, dueAt: standingDue(item)?.dueAt, missed: item.missed === true };
};

/** Moves or ends the acceptance deadline of a decision, and notes that it was missed. */
export const decisionDueWrite = (
  rt: Runtime,
  key: Key,
  change: { due: Due | undefined; missed: boolean },
): Write => {
  const missed = 'missed = :missed';
  const expression = change.due
    ? `${change.missed ? `${SET_DUE}, ${missed}` : SET_DUE} ${UNSENT}`
    : `${CLEAR_DUE}${change.missed ? ` SET ${missed}` : ''}`;
  return {
    Update: {
      TableName: deskTable(rt),
      Key: { ...key },
      UpdateExpression: expression,
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: names,
      ...((change.due || change.missed) && {
        ExpressionAttributeValues: {
          ...(change.due && values(change.due)),
          ...(change.missed && { ':missed': true }),
        },
      }),
    },
  };
};
