import {
  BatchGetCommand,
  GetCommand,
  type NativeAttributeValue,
  QueryCommand,
  type QueryCommandInput,
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
const PAD = 12;

/** A number as it sorts inside a key. */
export const padded = (n: number): string => String(n).padStart(PAD, '0');

export const deskTable = (rt: Runtime): string => tableName(rt.env, 'desk');

/** One item, read consistently. */
export const findItem = async (rt: Runtime, key: Key): Promise<Item | undefined> => {
  const { Item } = await rt.dynamo.send(
    new GetCommand({ TableName: deskTable(rt), Key: { ...key }, ConsistentRead: true }),
  );
  return Item as Item | undefined;
};

const batchGetPage = async (rt: Runtime, keys: readonly Key[]): Promise<Item[]> => {
  const table = deskTable(rt);
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
  /** Inclusive bounds on the sort key. */
  readonly from?: string;
  readonly to?: string;
  readonly beginsWith?: string;
  readonly limit: number;
  readonly after?: Record<string, NativeAttributeValue>;
  readonly descending?: boolean;
}

const MAX_SK = '\u{10FFFF}';

const condition = (
  query: Pick<RangeQuery, 'pk' | 'from' | 'to' | 'beginsWith'>,
): Pick<QueryCommandInput, 'KeyConditionExpression' | 'ExpressionAttributeValues'> => {
  if (query.beginsWith !== undefined) {
    return {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': query.pk, ':prefix': query.beginsWith },
    };
  }
  if (query.from === undefined && query.to === undefined) {
    return { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': query.pk } };
  }
  return {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': query.pk, ':from': query.from ?? ' ', ':to': query.to ?? MAX_SK },
  };
};

/** One bounded page of a partition of the base table, read consistently, in key order. */
export const queryPage = async (rt: Runtime, query: RangeQuery): Promise<Page<Item>> => {
  const answer = await rt.dynamo.send(
    new QueryCommand({
      TableName: deskTable(rt),
      ...condition(query),
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
  readonly index: 'byClient' | 'byDesk' | 'due';
  readonly partition: readonly [attribute: string, value: string];
  readonly until?: readonly [attribute: string, value: string];
  readonly limit: number;
  readonly after?: Record<string, NativeAttributeValue>;
  readonly descending?: boolean;
}

/** Keys from a sparse index, which may lag: only where lag does no harm. */
export const queryIndex = async (rt: Runtime, query: IndexQuery): Promise<Page<Key>> => {
  const { until } = query;
  const answer = await rt.dynamo.send(
    new QueryCommand({
      TableName: deskTable(rt),
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
    TableName: deskTable(rt),
    Item: item,
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

/** Replaces an item whose version is the one that was read. */
export const putVersion = (rt: Runtime, item: Item, version: number): Write => ({
  Put: {
    TableName: deskTable(rt),
    Item: item,
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

/** Puts an item whatever stands there. For places that only one writer, fenced by another condition, can reach. */
export const put = (rt: Runtime, item: Item): Write => ({ Put: { TableName: deskTable(rt), Item: item } });

/** Removes an item that must be there. */
export const removeExisting = (rt: Runtime, key: Key): Write => ({
  Delete: { TableName: deskTable(rt), Key: { ...key }, ConditionExpression: 'attribute_exists(pk)' },
});

/** Holds the transaction to the version that was read, without writing. */
export const checkVersion = (rt: Runtime, key: Key, version: number): Write => ({
  ConditionCheck: {
    TableName: deskTable(rt),
    Key: { ...key },
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});
