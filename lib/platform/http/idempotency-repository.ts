import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { tableName } from '../config.ts';
import type { Runtime } from '../runtime.ts';
import { type Idempotency, idempotencyKey, type StoredAnswer } from '../storage/idempotency.ts';

const record = z.object({
  hash: z.string(),
  status: z.number(),
  body: z.string().optional(),
  etag: z.string().optional(),
});

export interface FirstAnswer extends StoredAnswer {
  readonly hash: string;
}

/**
 * The first answer given under this caller's key. An outdated record that the store has not yet removed still counts:
 * `commit` would trip over it, and a caller repeating after a week is served just as well.
 */
export const findFirstAnswer = async (
  rt: Runtime,
  idempotency: Pick<Idempotency, 'callerId' | 'key'>,
): Promise<FirstAnswer | undefined> => {
  const { Item } = await rt.dynamo.send(
    new GetCommand({
      TableName: tableName(rt.env, 'platform'),
      Key: idempotencyKey(idempotency),
      ConsistentRead: true,
    }),
  );
  if (!Item) return undefined;
  const { body, ...rest } = record.parse(Item);
  return { ...rest, body: body === undefined ? undefined : JSON.parse(body) };
};
