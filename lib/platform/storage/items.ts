import {
  BatchGetCommand,
  GetCommand,
  type NativeAttributeValue,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { tableName } from '../config.ts';
import type { Runtime } from '../runtime.ts';
import type { Write } from './write.ts';

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Record<string, NativeAttributeValue> & ItemKey;

export interface ItemPage<T = Item, Next = Item> {
  readonly items: readonly T[];
  /** How many of the page could not be read and are left out; absent when there were none. */
  readonly omitted?: number;
  /** Where to go on; undefined at the end. */
  readonly next?: Next;
}

type Attribute = readonly [name: string, value: string];

export interface PartitionQuery {
  /** The base table, read consistently, unless a sparse index is named, which may lag: only where lag does no harm. */
  readonly index?: string;
  readonly partition: Attribute;
  /** Of the base table's sort key. Wins over `from` and `to`. */
  readonly beginsWith?: string;
  /** Inclusive bounds of the base table's sort key. */
  readonly from?: string;
  readonly to?: string;
  /** Inclusive bound of the index's sort key. */
  readonly until?: Attribute;
  readonly limit: number;
  readonly after?: Record<string, NativeAttributeValue> | undefined;
  readonly descending?: boolean;
  /** Half the price, and perhaps a moment old: of the base table, for what is shown and decides nothing. */
  readonly lagging?: boolean;
}

/** A range of a partition of the base table. */
export interface RangeQuery extends Omit<PartitionQuery, 'index' | 'partition' | 'until'> {
  readonly pk: string;
}

const MAX_SK = '\u{10FFFF}';
const BATCH_GET = 100;

type Condition = Pick<
  QueryCommandInput,
  'KeyConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const conditionOf = ({ partition, beginsWith, from, to, until }: PartitionQuery): Condition => {
  const condition = (sort: string, values: Record<string, string> = {}, names = {}): Condition => ({
    KeyConditionExpression: `#p = :p${sort}`,
    ExpressionAttributeNames: { '#p': partition[0], ...names },
    ExpressionAttributeValues: { ':p': partition[1], ...values },
  });
  if (until) return condition(' AND #s <= :s', { ':s': until[1] }, { '#s': until[0] });
  if (beginsWith !== undefined) return condition(' AND begins_with(sk, :prefix)', { ':prefix': beginsWith });
  if (from === undefined && to === undefined) return condition('');
  return condition(' AND sk BETWEEN :from AND :to', { ':from': from ?? ' ', ':to': to ?? MAX_SK });
};

const batchGet = async (
  rt: Runtime,
  table: string,
  { keys, lagging }: { keys: readonly ItemKey[]; lagging: boolean },
): Promise<Item[]> => {
  let pending: ItemKey[] = [...keys];
  const found: Item[] = [];
  for (let attempt = 0; pending.length > 0; attempt += 1) {
    if (attempt > 0) await rt.clock.sleep(20 * 2 ** Math.min(attempt, 6) * (0.5 + rt.ids.random()));
    const answer = await rt.dynamo.send(
      new BatchGetCommand({
        RequestItems: { [table]: { Keys: pending.map((key) => ({ ...key })), ConsistentRead: !lagging } },
      }),
    );
    found.push(...((answer.Responses?.[table] ?? []) as Item[]));
    const left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    pending = left.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
  }
  return found;
};

type Table = (rt: Runtime) => string;

/** How many items a query meets, up to `limit`; page by page, since one page ends at a megabyte. */
const countOf =
  (table: Table) =>
  async (rt: Runtime, query: PartitionQuery): Promise<number> => {
    let count = 0;
    let after = query.after;
    do {
      const answer = await rt.dynamo.send(
        new QueryCommand({
          TableName: table(rt),
          ...conditionOf(query),
          Select: 'COUNT',
          ConsistentRead: !query.lagging,
          Limit: query.limit - count,
          ...(after && { ExclusiveStartKey: after }),
        }),
      );
      count += answer.Count ?? 0;
      after = answer.LastEvaluatedKey;
    } while (after && count < query.limit);
    return count;
  };

const listOf =
  (table: Table) =>
  async (rt: Runtime, query: PartitionQuery): Promise<ItemPage> => {
    const { index, limit, after, descending, lagging = false } = query;
    const answer = await rt.dynamo.send(
      new QueryCommand({
        TableName: table(rt),
        ...(index === undefined ? { ConsistentRead: !lagging } : { IndexName: index }),
        ...conditionOf(query),
        Limit: limit,
        ScanIndexForward: !descending,
        ...(after && { ExclusiveStartKey: after }),
      }),
    );
    const next = answer.LastEvaluatedKey as Item | undefined;
    return { items: (answer.Items ?? []) as Item[], ...(next && { next }) };
  };

const readsOf = (table: Table) => {
  const list = listOf(table);
  return {
    /** One item, read consistently unless it may lag. */
    find: async (rt: Runtime, key: ItemKey, { lagging = false } = {}): Promise<Item | undefined> => {
      const { Item: item } = await rt.dynamo.send(
        new GetCommand({ TableName: table(rt), Key: { ...key }, ConsistentRead: !lagging }),
      );
      return item as Item | undefined;
    },

    /**
     * Many items, read consistently, in no order; what does not exist is not there. Keys must differ. `lagging` costs half
     * and may be a moment old: for what is shown and decides nothing.
     */
    findAll: async (rt: Runtime, keys: readonly ItemKey[], { lagging = false } = {}): Promise<Item[]> => {
      const pages: Promise<Item[]>[] = [];
      for (let start = 0; start < keys.length; start += BATCH_GET) {
        pages.push(batchGet(rt, table(rt), { keys: keys.slice(start, start + BATCH_GET), lagging }));
      }
      return (await Promise.all(pages)).flat();
    },

    /** One bounded page of a partition, in key order. */
    list,

    /** How many items are in a range of a partition of the base table, counted up to `limit`. */
    count: (rt: Runtime, { pk, ...range }: RangeQuery): Promise<number> =>
      countOf(table)(rt, { partition: ['pk', pk], ...range }),

    /** One bounded page of a partition of the base table, read consistently unless it may lag, in key order. */
    page: (rt: Runtime, { pk, ...range }: RangeQuery): Promise<ItemPage> =>
      list(rt, { partition: ['pk', pk], ...range }),
  };
};

const thatVersion = (version: number) =>
  ({
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }) as const;

const writesOf = (table: Table) => {
  const putNew = (rt: Runtime, item: Item): Write => ({
    Put: {
      TableName: table(rt),
      Item: item,
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  });

  const putVersion = (rt: Runtime, item: Item, version: number): Write => ({
    Put: { TableName: table(rt), Item: item, ...thatVersion(version) },
  });

  return {
    /** Puts a new item; fails if the key is taken. */
    putNew,

    /** Replaces an item whose version is the one that was read. */
    putVersion,

    /** Puts an item in its next version: version 0 is one that is not stored yet. */
    putNext: (rt: Runtime, item: Item, version: number): Write =>
      version === 0 ? putNew(rt, item) : putVersion(rt, item, version),

    /** Puts an item unconditionally. For keys that only one writer, fenced by another condition, can reach. */
    put: (rt: Runtime, item: Item): Write => ({ Put: { TableName: table(rt), Item: item } }),

    /** Removes an item, there or not. */
    remove: (rt: Runtime, key: ItemKey): Write => ({ Delete: { TableName: table(rt), Key: { ...key } } }),

    /** Removes an item that must be there. */
    removeExisting: (rt: Runtime, key: ItemKey): Write => ({
      Delete: { TableName: table(rt), Key: { ...key }, ConditionExpression: 'attribute_exists(pk)' },
    }),

    /** Removes an item whose version is the one that was read. */
    removeVersion: (rt: Runtime, key: ItemKey, version: number): Write => ({
      Delete: { TableName: table(rt), Key: { ...key }, ...thatVersion(version) },
    }),

    /** Holds the transaction to the version that was read, without writing. */
    checkVersion: (rt: Runtime, key: ItemKey, version: number): Write => ({
      ConditionCheck: { TableName: table(rt), Key: { ...key }, ...thatVersion(version) },
    }),

    /** Holds the transaction to there being no such item. */
    checkAbsent: (rt: Runtime, key: ItemKey): Write => ({
      ConditionCheck: {
        TableName: table(rt),
        Key: { ...key },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    }),
  };
};

/** The items of a table by its logical name: what repositories are made of. */
export const itemsOf = (name: string) => {
  /** The table's name in this stage. */
  const table: Table = (rt) => tableName(rt.env, name);
  return { table, ...readsOf(table), ...writesOf(table) };
};
