import type { Runtime } from '../runtime.ts';
import type { Wanted } from './entity.ts';
import { itemsOf } from './items.ts';

type Found<W> = { readonly [Name in keyof W]: (W[Name] extends Wanted<infer T> ? T : never) | undefined };

/**
 * Things of several kinds in one consistent read of their table, each under its name; undefined is what does not exist. Their keys
 * differ. Throws `stored-shape-unknown`.
 */
export const findTogether = async <W extends Readonly<Record<string, Wanted<unknown>>>>(
  rt: Runtime,
  wanted: W,
): Promise<Found<W>> => {
  const named = Object.entries(wanted);
  const tables = new Set(named.map(([, { table }]) => table));
  const [table] = tables;
  if (table === undefined || tables.size > 1) throw new Error('things are read together from one table');
  const items = await itemsOf(table).findAll(
    rt,
    named.map(([, { key }]) => key),
  );
  const found = named.map(([name, { key, parse }]) => {
    const item = items.find(({ pk, sk }) => pk === key.pk && sk === key.sk);
    return [name, item && parse(rt, item)];
  });
  return Object.fromEntries(found) as Found<W>;
};
