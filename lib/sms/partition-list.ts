import { AppError } from '../platform/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '../platform/http/pagination.ts';
import type { Item, Page as StoredPage } from './repository/table.ts';

/** A list that is one partition of the table. Its name includes what the list is of. */
export interface PartitionList {
  readonly name: string;
  readonly pk: string;
}

const invalid = (): AppError =>
  new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');

/** Every key of ours looks like this; a forged one must not reach the store. */
const KEY = /^[\w#.:+*-]{1,300}$/;

const isKey = (value: unknown): value is string => typeof value === 'string' && KEY.test(value);

/** Where the page after a cursor starts, bound to the list's own partition. Throws `invalid-cursor`. */
export const startAfter = (
  list: PartitionList,
  cursor: string | undefined,
): { pk: string; sk: string } | undefined => {
  if (cursor === undefined) return undefined;
  const { sk } = decodeCursor(list.name, cursor);
  if (isKey(sk)) return { pk: list.pk, sk };
  throw invalid();
};

export const pageAnswer = <T, V>(
  list: PartitionList,
  page: StoredPage<T>,
  view: (item: T) => V,
): Page<V> => ({
  items: page.items.map(view),
  nextCursor: page.next ? encodeCursor(list.name, { sk: page.next.sk }) : null,
});

/** A list that is one partition of an index: its cursor holds the index's sort key and the item's own key. */
export interface IndexList {
  readonly name: string;
  readonly partition: readonly [attribute: string, value: string];
}

/** Throws `invalid-cursor`. */
export const indexStart = (list: IndexList, cursor: string | undefined): Item | undefined => {
  if (cursor === undefined) return undefined;
  const { pk, sk, listAt } = decodeCursor(list.name, cursor);
  if (!isKey(pk) || !isKey(sk) || !isKey(listAt)) throw invalid();
  return { pk, sk, listAt, [list.partition[0]]: list.partition[1] };
};

export const indexAnswer = <T, V>(list: IndexList, page: StoredPage<T>, view: (item: T) => V): Page<V> => ({
  items: page.items.map(view),
  nextCursor: page.next
    ? encodeCursor(list.name, {
        pk: page.next.pk,
        sk: page.next.sk,
        listAt: String(page.next.listAt),
      })
    : null,
});
