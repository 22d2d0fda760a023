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

const items = itemsOf('sms');

export const {
  table: smsTable,
  find: findItem,
  findAll: findItems,
  page: queryPage,
  putNew,
  putVersion,
  checkVersion,
  checkAbsent,
  put,
  remove,
  removeExisting,
} = items;

export interface IndexQuery extends PartitionQuery {
  readonly index: 'byList' | 'byPhone';
}

/** Keys from a sparse index, which may lag: only where lag does no harm. */
export const queryIndex = (rt: Runtime, query: IndexQuery): Promise<Page<Key>> => items.list(rt, query);
