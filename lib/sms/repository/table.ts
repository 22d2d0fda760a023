import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  type NativeAttributeValue,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { tableName } from '../../platform/config.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Record<string, NativeAttributeValue> & Key;

const BATCH_GET = 100;

export const smsTable = (rt: Runtime): string => tableName(rt.env, 'sms');

/** One item, read consistently. */
export const findItem = async (rt: Runtime, key: Key): Promise<Item | undefined> => {
  const { Item } = await rt.dynamo.send(
    new GetCommand({ TableName: smsTable(rt), Key: { ...key }, ConsistentRead: true }),
  );
  return Item as Item | undefined;
};

const batchGetPage = async (rt: Runtime, keys: readonly Key[]): Promise<Item[]> => {
  const table = smsTable(rt);
  let pending: Key[] = [...keys];
  const found: Item[] = [];
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
  return found;
};

/** Many items, read consistently, in no order; what does not exist is not there. Keys must differ. */
export const findItems = async (rt: Runtime, keys: readonly Key[]): Promise<Item[]> => {
  const pages: Promise<Item[]>[] = [];
  for (let start = 0; start < keys.length; start += BATCH_GET) {
    pages.push(batchGetPage(rt, keys.slice(start, start + BATCH_GET)));
  }
  return (await Promise.all(pages)).flat();
};

export interface Page<T> {
  readonly items: readonly T[];
  /** Where to go on; undefined at the end. */
  readonly next?: Item;
}

export interface RangeQuery {
  readonly pk: string;
  readonly beginsWith?: string;
  readonly limit: number;
  readonly after?: Record<string, NativeAttributeValue> | undefined;
  readonly descending?: boolean;
}

/** One bounded page of a partition of the base table, read consistently, in key order. */
export const queryPage = async (rt: Runtime, query: RangeQuery): Promise<Page<Item>> => {
  const prefix = query.beginsWith;
  const answer = await rt.dynamo.send(
    new QueryCommand({
      TableName: smsTable(rt),
      KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': query.pk, ...(prefix !== undefined && { ':prefix': prefix }) },
      ConsistentRead: true,
      Limit: query.limit,
      ScanIndexForward: !query.descending,
      ...(query.after && { ExclusiveStartKey: query.after }),
    }),
  );
  const next = answer.LastEvaluatedKey as Item | undefined;
  return { items: (answer.Items ?? []) as Item[], ...(next && { next }) };
};

export interface IndexQuery {
  readonly index: 'byList' | 'byPhone' | 'due';
  readonly partition: readonly [attribute: string, value: string];
  readonly until?: readonly [attribute: string, value: string];
  readonly limit: number;
  readonly after?: Record<string, NativeAttributeValue> | undefined;
  readonly descending?: boolean;
}

/** Keys from a sparse index, which may lag: only where lag does no harm. */
export const queryIndex = async (rt: Runtime, query: IndexQuery): Promise<Page<Key>> => {
  const { until } = query;
  const answer = await rt.dynamo.send(
    new QueryCommand({
      TableName: smsTable(rt),
      IndexName: query.index,
      KeyConditionExpression: until ? '#p = :p AND #s <= :s' : '#p = :p',
      ExpressionAttributeNames: { '#p': query.partition[0], ...(until && { '#s': until[0] }) },
      ExpressionAttributeValues: { ':p': query.partition[1], ...(until && { ':s': until[1] }) },
      Limit: query.limit,
      ScanIndexForward: !query.descending,
      ...(query.after && { ExclusiveStartKey: query.after }),
    }),
  );
  const next = answer.LastEvaluatedKey as Item | undefined;
  return { items: (answer.Items ?? []) as Key[], ...(next && { next }) };
};

/** Puts a new item; fails if the key is taken. */
export const putNew = (rt: Runtime, item: Item): Write => ({
  Put: {
    TableName: smsTable(rt),
    Item: item,
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

/** Replaces an item whose version is the one that was read. */
export const putVersion = (rt: Runtime, item: Item, version: number): Write => ({
  Put: {
    TableName: smsTable(rt),
    Item: item,
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

/** Puts an item whatever stands there. */
export const put = (rt: Runtime, item: Item): Write => ({ Put: { TableName: smsTable(rt), Item: item } });

/** Removes an item, there or not. */
export const remove = (rt: Runtime, key: Key): Write => ({
  Delete: { TableName: smsTable(rt), Key: { ...key } },
});

/** Removes an item outside of any transaction. */
export const removeNow = async (rt: Runtime, key: Key): Promise<void> => {
  await rt.dynamo.send(new DeleteCommand({ TableName: smsTable(rt), Key: { ...key } }));
};
