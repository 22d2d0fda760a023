import type { Runtime } from '../../platform/runtime.ts';
import {
  type Item,
  type ItemKey,
  type ItemPage,
  itemsOf,
  type PartitionQuery,
} from '../../platform/storage/items.ts';

export type { Item };
export type Key = ItemKey;
export type Page<T> = ItemPage<T>;

const PAD = 12;

/** A number as it sorts inside a key. */
export const padded = (n: number): string => String(n).padStart(PAD, '0');

const items = itemsOf('desk');

export const {
  table: deskTable,
  find: findItem,
  findAll: findItems,
  page: queryPage,
  count: countItems,
  putNew,
  putVersion,
  putNext,
  remove,
  put,
  removeExisting,
  removeVersion,
  checkVersion,
} = items;

export interface IndexQuery extends PartitionQuery {
  readonly index: 'byClient' | 'byDesk';
}

/** Keys from a sparse index, which may lag: only where lag does no harm. */
export const queryIndex = (rt: Runtime, query: IndexQuery): Promise<Page<Key>> => items.list(rt, query);
