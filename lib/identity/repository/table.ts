import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../../platform/config.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { type Item, type ItemKey, itemsOf } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';

export type { Item };
export type Key = ItemKey;

const items = itemsOf('identity');

export const { find: findItem, putNew, put, remove } = items;

export const identityTable = (rt: Runtime): string => tableName(rt.env, 'identity');

/** Up to 100 items in one consistent request, each in the place of its key; undefined for what is not there. */
export const findItems = async (rt: Runtime, keys: readonly Key[]): Promise<(Item | undefined)[]> => {
  const table = identityTable(rt);
  const found: Item[] = [];
  let pending: Key[] = [...keys];
  for (let attempt = 0; pending.length > 0; attempt += 1) {
    if (attempt > 0) await rt.clock.sleep(20 * 2 ** Math.min(attempt, 6) * (0.5 + rt.ids.random()));
    const answer = await rt.dynamo.send(
      new BatchGetCommand({
        RequestItems: { [table]: { Keys: pending.map((key) => ({ ...key })), ConsistentRead: true } },
      }),
    );
    found.push(...((answer.Responses?.[table] ?? []) as Item[]));
    pending = (answer.UnprocessedKeys?.[table]?.Keys ?? []) as unknown as Key[];
  }
  return keys.map(({ pk, sk }) => found.find((item) => item.pk === pk && item.sk === sk));
};

export interface Page<T> {
  readonly items: readonly T[];
  /** Sort key to go on after; undefined at the end. */
  readonly next?: string;
}

/** One bounded page of a partition, the youngest id first. `after`: sort key of the last item of the page before. */
export const queryPage = async (
  rt: Runtime,
  { pk, limit, after }: { pk: string; limit: number; after?: string | undefined },
): Promise<Page<Item>> => {
  const page = await items.list(rt, {
    partition: ['pk', pk],
    limit,
    descending: true,
    ...(after !== undefined && { after: { pk, sk: after } }),
  });
  return { items: page.items, ...(page.next && { next: page.next.sk }) };
};

/** Puts an item in its next version: version 0 is one that is not stored yet. */
export const putNext = (rt: Runtime, item: Item, version: number): Write =>
  version === 0 ? putNew(rt, item) : items.putVersion(rt, item, version);

/** Holds the transaction to the version that was read, without writing. */
export const checkVersion = (rt: Runtime, key: Key, version: number): Write => ({
  ConditionCheck: {
    TableName: identityTable(rt),
    Key: { ...key },
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
  },
});
