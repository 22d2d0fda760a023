import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { epochSec, instant } from '../../platform/clock.ts';
import { tableName } from '../../platform/config.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { type Item, itemsOf } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Gathering, GatherKind } from '../notices/gather-rules.ts';

const items = itemsOf('notifications');
/** Longer than any message lives in a queue. */
const KEPT_SEC = 15 * 86_400;

const keyOf = ({ kind, id }: { kind: GatherKind; id: string }) => ({
  pk: `GATHER#${kind}#${id}`,
  sk: 'GATHER',
});

export const findGathering = async (
  rt: Runtime,
  which: { kind: GatherKind; id: string },
): Promise<Gathering | undefined> => {
  const item = await items.find(rt, keyOf(which));
  if (!item) return undefined;
  const { pk, sk, expiresAtSec, ...rest } = item;
  return rest as unknown as Gathering;
};

/**
 * The next version over exactly what was read: the version for what decides, and the things gathered, which are added
 * without one.
 */
export const gatheringWrite = (rt: Runtime, before: Gathering | undefined, after: Gathering): Write => {
  const expiresAtSec = epochSec(instant(rt.clock.nowMs())) + KEPT_SEC;
  const item = { ...after, ...keyOf(after), expiresAtSec } as unknown as Item;
  if (!before) return items.putNew(rt, item);
  const refs = before.refs;
  return {
    Put: {
      TableName: tableName(rt.env, 'notifications'),
      Item: item,
      ConditionExpression: `#version = :version AND ${refs ? '#refs = :refs' : 'attribute_not_exists(#refs)'}`,
      ExpressionAttributeNames: { '#version': 'version', '#refs': 'refs' },
      ExpressionAttributeValues: { ':version': before.version, ...(refs && { ':refs': refs }) },
    },
  };
};

/** Adds to what is open, however many do so at once; adding twice changes nothing. False when nothing is open any more. */
export const addToGathering = async (
  rt: Runtime,
  which: { kind: GatherKind; id: string; ref: string },
): Promise<boolean> => {
  const update = new UpdateCommand({
    TableName: tableName(rt.env, 'notifications'),
    Key: keyOf(which),
    UpdateExpression: 'ADD #refs :ref',
    ConditionExpression: 'attribute_exists(#refs)',
    ExpressionAttributeNames: { '#refs': 'refs' },
    ExpressionAttributeValues: { ':ref': new Set([which.ref]) },
  });
  return rt.dynamo.send(update).then(
    () => true,
    (error: unknown) => {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    },
  );
};
