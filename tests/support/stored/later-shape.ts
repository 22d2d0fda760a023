import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../../../lib/platform/config.ts';
import type { Runtime } from '../../../lib/platform/runtime.ts';
import type { ItemKey } from '../../../lib/platform/storage/items.ts';

/** Makes of an item one of a version that is yet to come. */
export const ofLaterShape = async (rt: Runtime, table: string, key: ItemKey): Promise<void> => {
  await rt.dynamo.send(
    new UpdateCommand({
      TableName: tableName(rt.env, table),
      Key: { ...key },
      UpdateExpression: 'SET shapeVersion = :later',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':later': 99 },
    }),
  );
};

/** The same of everything in a table. Returns how many things there are. */
export const allOfLaterShape = async (rt: Runtime, table: string): Promise<number> => {
  let count = 0;
  let after: Record<string, unknown> | undefined;
  do {
    const page = await rt.dynamo.send(
      new ScanCommand({ TableName: tableName(rt.env, table), ...(after && { ExclusiveStartKey: after }) }),
    );
    for (const { pk, sk } of page.Items ?? [])
      await ofLaterShape(rt, table, { pk: String(pk), sk: String(sk) });
    count += page.Items?.length ?? 0;
    after = page.LastEvaluatedKey;
  } while (after);
  return count;
};
