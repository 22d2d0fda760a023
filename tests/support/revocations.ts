import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { revokeUserWrite } from '../../lib/platform/auth/revocations.ts';
import type { TestRuntime } from './aws/index.ts';

const BATCH = 25;

/** So many people who lose access, eight seconds apart, the last one now. Their ids, in that order. */
export const putRevocations = async (rt: TestRuntime, count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, () => rt.ids.next('usr'));
  rt.clock.move(-8000 * count);
  const puts = ids.map((id) => {
    rt.clock.move(8000);
    return revokeUserWrite(rt, { id, version: 2 }).Put;
  });
  for (let start = 0; start < count; start += BATCH) {
    const page = puts.slice(start, start + BATCH);
    await rt.dynamo.send(
      new BatchWriteCommand({
        RequestItems: {
          [String(page[0]?.TableName)]: page.map((put) => ({ PutRequest: { Item: put?.Item } })),
        },
      }),
    );
  }
  return ids;
};
