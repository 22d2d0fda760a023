import { GetCommand, type NativeAttributeValue, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type TableModule, tableName } from '../config.ts';
import type { Runtime } from '../runtime.ts';
import type { Write } from './write.ts';

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Record<string, NativeAttributeValue> & ItemKey;

export interface ItemPage {
  readonly items: readonly Item[];
  /** Where to go on; undefined at the end. */
  readonly next?: Item;
}

export interface PartitionQuery {
  /** The base table, read consistently, unless an index is named, which may lag. */
  readonly index?: string;
  readonly partition: readonly [attribute: string, value: string];
  /** Of the sort key of the base table. */
  readonly beginsWith?: string;
  readonly limit: number;
  readonly after?: Record<string, NativeAttributeValue> | undefined;
  readonly descending?: boolean;
}

const queryOf =
  (module: TableModule) =>
  async (rt: Runtime, query: PartitionQuery): Promise<ItemPage> => {
    const { index, partition, beginsWith } = query;
    const [attribute, value] = partition;
    const answer = await rt.dynamo.send(
      new QueryCommand({
        TableName: tableName(rt.env, module),
        ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
        KeyConditionExpression: beginsWith === undefined ? '#p = :p' : '#p = :p AND begins_with(sk, :prefix)',
        ExpressionAttributeNames: { '#p': attribute },
        ExpressionAttributeValues: {
          ':p': value,
          ...(beginsWith !== undefined && { ':prefix': beginsWith }),
        },
        Limit: query.limit,
        ScanIndexForward: !query.descending,
        ...(query.after && { ExclusiveStartKey: query.after }),
      }),
    );
    const next = answer.LastEvaluatedKey as Item | undefined;
    return { items: (answer.Items ?? []) as Item[], ...(next && { next }) };
  };

/** The items of a module's table: what its repository is made of. */
export const itemsOf = (module: TableModule) => ({
  /** One item, read consistently. */
  find: async (rt: Runtime, key: ItemKey): Promise<Item | undefined> => {
    const { Item: item } = await rt.dynamo.send(
      new GetCommand({ TableName: tableName(rt.env, module), Key: { ...key }, ConsistentRead: true }),
    );
    return item as Item | undefined;
  },

  /** One bounded page of a partition, in key order. */
  list: queryOf(module),

  /** Puts a new item; fails if the key is taken. */
  putNew: (rt: Runtime, item: Item): Write => ({
    Put: {
      TableName: tableName(rt.env, module),
      Item: item,
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  }),

  /** Replaces an item whose version is the one that was read. */
  putVersion: (rt: Runtime, item: Item, version: number): Write => ({
    Put: {
      TableName: tableName(rt.env, module),
      Item: item,
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': version },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  }),

  /** Puts an item whatever stands there. */
  put: (rt: Runtime, item: Item): Write => ({
    Put: { TableName: tableName(rt.env, module), Item: item },
  }),

  /** Removes an item, there or not. */
  remove: (rt: Runtime, key: ItemKey): Write => ({
    Delete: { TableName: tableName(rt.env, module), Key: { ...key } },
  }),
});
