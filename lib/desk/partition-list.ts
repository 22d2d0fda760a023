import { AppError } from '../platform/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '../platform/http/pagination.ts';
import type { Page as StoredPage } from './repository/table.ts';

/** A list that is one partition of the table, or the part of it under a prefix. The name includes the caller's scope. */
export interface PartitionList {
  readonly name: string;
  readonly pk: string;
  readonly prefix?: string;
}

/** Every sort key of ours looks like this; a forged one must not reach the store. */
const SORT_KEY = /^[\w#.:-]{1,300}$/;

/** Where the page after a cursor starts, bound to the list's own partition. Throws `invalid-cursor`. */
export const startAfter = (
  list: PartitionList,
  cursor: string | undefined,
): { pk: string; sk: string } | undefined => {
  if (cursor === undefined) return undefined;
  const { sk } = decodeCursor(list.name, cursor);
  const fits = typeof sk === 'string' && SORT_KEY.test(sk) && sk.startsWith(list.prefix ?? '');
  if (fits) return { pk: list.pk, sk };
  throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
};

export const pageAnswer = <T, V>(
  list: PartitionList,
  page: StoredPage<T>,
  view: (item: T) => V,
): Page<V> => ({
  items: page.items.map(view),
  nextCursor: page.next ? encodeCursor(list.name, { sk: page.next.sk }) : null,
});
