import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { smsTable } from './table.ts';

const DAY_SEC = 24 * 3600;

/**
 * Takes one message from what a key may register today (UTC); false when nothing is left. Beside any transaction, since all
 * messages of a key meet here: one that is not registered after all has taken its place in the day all the same.
 */
export const spendFromDay = async (
  rt: Runtime,
  { keyId, at, limit }: { keyId: string; at: Instant; limit: number },
): Promise<boolean> => {
  const update = new UpdateCommand({
    TableName: smsTable(rt),
    Key: { pk: `KEYDAY#${keyId}`, sk: at.slice(0, 10) },
    UpdateExpression: 'ADD spent :one SET expiresAtSec = :end',
    ConditionExpression: 'attribute_not_exists(spent) OR spent < :limit',
    ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':end': epochSec(at) + 2 * DAY_SEC },
  });
  try {
    await rt.dynamo.send(update);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};
