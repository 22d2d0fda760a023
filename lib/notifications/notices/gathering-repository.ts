import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { epochSec, instant } from '../../platform/clock.ts';
import { tableName } from '../../platform/config.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Gathering, type GatherKind, gatheringSchema } from '../digest.ts';

/** Longer than any message lives in a queue. */
const KEPT_SEC = 15 * 86_400;

export const gatherings = defineEntity({
  table: 'notifications',
  name: 'notifications.gathering',
  key: ({ kind, id }: Pick<Gathering, 'kind' | 'id'>) => ({ pk: `GATHER#${kind}#${id}`, sk: 'GATHER' }),
  schema: gatheringSchema,
});

export const findGathering = (
  rt: Runtime,
  which: Pick<Gathering, 'kind' | 'id'>,
): Promise<Gathering | undefined> => gatherings.find(rt, which);

/**
 * The next version over exactly what was read: the version for what decides, and the things gathered, which are added
 * without one.
 */
export const gatheringWrite = (rt: Runtime, before: Gathering | undefined, after: Gathering): Write => {
  const expiresAtSec = epochSec(instant(rt.clock.nowMs())) + KEPT_SEC;
  if (!before) return gatherings.putNew(rt, after, { expiresAtSec });
  const refs = before.refs;
  return {
    Put: {
      TableName: tableName(rt.env, 'notifications'),
      Item: gatherings.toItem(after, { expiresAtSec }),
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
    Key: { ...gatherings.key(which) },
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
