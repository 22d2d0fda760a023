import type { NativeAttributeValue } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../clock.ts';
import type { Item, ItemKey } from '../storage/items.ts';

/** Attributes by which an item is in the due index of its table until its deadline has come. */
export interface Due<T = unknown> {
  /** Absent: in no index, and found by whoever keeps it so (`unindexed`). */
  readonly dueShard?: string;
  readonly dueAt: Instant;
  readonly timer: T;
}

/** A deadline as stored on its item. */
export interface PendingDue<T = unknown> {
  readonly key: ItemKey;
  readonly timer: T;
  readonly deadline: Instant;
  /** Its sort key in the index: its deadline, or once the sweep has sent it the instant of the next check. */
  readonly lookAt: Instant;
  /** Its shard of the index; undefined where it stands in none. */
  readonly shard: string | undefined;
}

/** An item without what the due index put on it: what a repository makes its thing from. */
export const withoutDue = ({ dueShard, dueAt, deadline, timer, ...rest }: Item): Item => rest;

type Values = Readonly<Record<string, NativeAttributeValue>>;

export interface DueUpdate {
  /** The next deadline; undefined: there is none any more. */
  readonly due: Due | undefined;
  /** Other attributes to set at once. */
  readonly set?: Values;
  /** Attributes that must have these values. The item must exist in any case. */
  readonly where?: Values;
}

/**
 * An update that moves or ends a deadline and touches nothing else of the item but `set`. A deadline set anew counts as not
 * sent yet.
 */
export const dueUpdate = (table: string, key: ItemKey, { due, set = {}, where = {} }: DueUpdate) => {
  const sets = Object.entries({ ...set, ...due });
  const wheres = Object.entries(where);
  const removed = due ? ['deadline'] : ['dueShard', 'dueAt', 'timer', 'deadline'];
  const names = [...sets, ...wheres].map(([name]) => name).concat(removed);
  const values = [
    ...sets.map(([name, value]) => [`:${name}`, value] as const),
    ...wheres.map(([name, value]) => [`:where_${name}`, value] as const),
  ];
  const assignments = sets.map(([name]) => `#${name} = :${name}`).join(', ');
  return {
    TableName: table,
    Key: { ...key },
    UpdateExpression: `${assignments && `SET ${assignments} `}REMOVE ${removed.map((name) => `#${name}`).join(', ')}`,
    ConditionExpression: [
      'attribute_exists(pk)',
      ...wheres.map(([name]) => `#${name} = :where_${name}`),
    ].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
  };
};
