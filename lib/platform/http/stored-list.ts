/** Lists that are stored as they are shown: their cursor is the key of the last item returned. */
import { AppError } from '../errors.ts';
import type { Item, ItemPage } from '../storage/items.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from './pagination.ts';

/** A list that is one partition of a table, or the part of it under a prefix. The name includes the caller's scope. */
export interface PartitionList {
  readonly name: string;
  readonly pk: string;
  readonly prefix?: string;
}

/** Every key of ours has this form; a forged one must not reach the store. */
const KEY = /^[\w#.:+*-]{1,300}$/;

const isKey = (value: unknown): value is string => typeof value === 'string' && KEY.test(value);

const invalid = (): AppError =>
  new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');

/** Where the page after a cursor starts, bound to the list's own partition. Throws `invalid-cursor`. */
export const startAfter = (
  { name, pk, prefix = '' }: PartitionList,
  cursor: string | undefined,
): Item | undefined => {
  if (cursor === undefined) return undefined;
  const { sk } = decodeCursor(name, cursor);
  if (isKey(sk) && sk.startsWith(prefix)) return { pk, sk };
  throw invalid();
};

export const pageAnswer = <T, V>(
  { name }: PartitionList,
  { items, next, omitted }: ItemPage<T>,
  view: (item: T) => V,
): Page<V> => ({
  items: items.map(view),
  nextCursor: next ? encodeCursor(name, { sk: next.sk }) : null,
  ...omittedOf({ omitted }),
});

/** A list that is one partition of an index: its cursor holds the index's sort key and the item's own key. */
export interface IndexList {
  readonly name: string;
  readonly partition: readonly [attribute: string, value: string];
  /** The attribute that the index is sorted by. */
  readonly sort: string;
}

/** Throws `invalid-cursor`. */
export const indexStart = (
  { name, partition: [attribute, value], sort }: IndexList,
  cursor: string | undefined,
): Item | undefined => {
  if (cursor === undefined) return undefined;
  const { pk, sk, [sort]: at } = decodeCursor(name, cursor);
  if (!isKey(pk) || !isKey(sk) || !isKey(at)) throw invalid();
  return { pk, sk, [sort]: at, [attribute]: value };
};

export const indexAnswer = <T, V>(
  { name, sort }: IndexList,
  { items, next, omitted }: ItemPage<T>,
  view: (item: T) => V,
): Page<V> => ({
  items: items.map(view),
  ...omittedOf({ omitted }),
  nextCursor: next ? encodeCursor(name, { pk: next.pk, sk: next.sk, [sort]: String(next[sort]) }) : null,
});
