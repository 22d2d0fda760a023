import type { Item, ItemPage } from './items.ts';

interface Walk<T> {
  readonly pk: string;
  /** Sorts behind the key of everything that is walked, and before the last thing's own. */
  readonly end: string;
  readonly limit: number;
  /** A page of the partition up to the end. */
  readonly read: () => Promise<ItemPage<T>>;
  readonly last: () => Promise<T>;
}

/**
 * A page of a list whose last thing is there before anybody has written it (the main desk, the own legal entity). It is
 * outside of the walked range: a page that ends exactly before it neither gives it twice nor leaves it out.
 */
export const pageThenLast = async <T>({ pk, end, limit, read, last }: Walk<T>): Promise<ItemPage<T>> => {
  const page = await read();
  if (page.next) return page;
  const { items, omitted = 0 } = page;
  if (items.length + omitted === limit) return { ...page, next: { pk, sk: end } satisfies Item };
  return { ...page, items: [...items, await last()] };
};
