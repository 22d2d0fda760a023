import type { Runtime } from '../../platform/runtime.ts';
import { type Item, type ItemKey, itemsOf } from '../../platform/storage/items.ts';

export type { Item };
export type Key = ItemKey;

const items = itemsOf('identity');

export const { table: identityTable, find: findItem, putNew, putNext, put, remove, checkVersion } = items;

/** Items in one consistent read, each in the place of its key; undefined for what is not there. */
export const findItems = async (rt: Runtime, keys: readonly Key[]): Promise<(Item | undefined)[]> => {
  const found = await items.findAll(rt, keys);
  return keys.map(({ pk, sk }) => found.find((item) => item.pk === pk && item.sk === sk));
};

export interface Page<T> {
  readonly items: readonly T[];
  /** Sort key to go on after; undefined at the end. */
  readonly next?: string;
}

/** One bounded page of a partition, the youngest id first. `after`: sort key of the last item of the page before. */
export const queryPage = async (
  rt: Runtime,
  { pk, limit, after }: { pk: string; limit: number; after?: string | undefined },
): Promise<Page<Item>> => {
  const page = await items.page(rt, {
    pk,
    limit,
    descending: true,
    ...(after !== undefined && { after: { pk, sk: after } }),
  });
  return { items: page.items, ...(page.next && { next: page.next.sk }) };
};
