import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { epochSec, instant } from '../../platform/clock.ts';
import { tableName } from '../../platform/config.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Digest, type DigestKind, digestSchema } from '../digest.ts';

/** Longer than any message lives in a queue. */
const KEPT_SEC = 15 * 86_400;

export const digests = defineEntity({
  table: 'notifications',
  name: 'notifications.digest',
  key: ({ kind, id }: Pick<Digest, 'kind' | 'id'>) => ({ pk: `GATHER#${kind}#${id}`, sk: 'GATHER' }),
  schema: digestSchema,
});

export const findDigest = (rt: Runtime, which: Pick<Digest, 'kind' | 'id'>): Promise<Digest | undefined> =>
  digests.find(rt, which);

/**
 * The next version over exactly what was read: the version for what decides, and the collected facts, which are added
 * without one.
 */
export const digestWrite = (rt: Runtime, before: Digest | undefined, after: Digest): Write => {
  const expiresAtSec = epochSec(instant(rt.clock.nowMs())) + KEPT_SEC;
  if (!before) return digests.putNew(rt, after, { expiresAtSec });
  const refs = before.refs;
  return {
    Put: {
      TableName: tableName(rt.env, 'notifications'),
      Item: digests.toItem(after, { expiresAtSec }),
      ConditionExpression: `#version = :version AND ${refs ? '#refs = :refs' : 'attribute_not_exists(#refs)'}`,
      ExpressionAttributeNames: { '#version': 'version', '#refs': 'refs' },
      ExpressionAttributeValues: { ':version': before.version, ...(refs && { ':refs': refs }) },
    },
  };
};

/** Adds to what is open, however many do so at once; adding twice changes nothing. False when nothing is open any more. */
export const addDigestItem = async (
  rt: Runtime,
  which: { kind: DigestKind; id: string; ref: string },
): Promise<boolean> => {
  const update = new UpdateCommand({
    TableName: tableName(rt.env, 'notifications'),
    Key: { ...digests.key(which) },
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
