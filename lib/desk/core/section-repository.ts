import type { Runtime } from '../../platform/runtime.ts';
import { countItems, type Item, type Key, queryPage } from './table.ts';

/** What was read of one section of a partition. */
export interface Section {
  readonly items: readonly Item[];
  /** It goes on behind them. */
  readonly more: boolean;
}

interface Sections {
  readonly pk: string;
  /** What the sort keys of each section begin with. The sections lie behind each other in this order, and there are no others. */
  readonly prefixes: readonly string[];
  /** So many items of each. */
  readonly atMost: number;
}

/** Pages that run over the ends of sections, before what is left is read section by section. */
const PAGES = 2;

/**
 * The first items of each section, as they lately were: for what is shown and decides nothing. A short partition takes
 * one request, and one with a single long section two; what is read never depends on how long a section is.
 */
export const readSections = async (
  rt: Runtime,
  { pk, prefixes, atMost }: Sections,
): Promise<readonly Section[]> => {
  const found = prefixes.map((): Item[] => []);
  const indexOf = (item: Key): number => prefixes.findIndex((prefix) => item.sk.startsWith(prefix));
  const keep = (items: readonly Item[]) => {
    for (const item of items) found[indexOf(item)]?.push(item);
  };
  const lastOf = (index: number): Key | undefined => {
    const last = found[index]?.at(-1);
    return last && { pk, sk: last.sk };
  };
  /** One more than is wanted says whether it goes on. */
  const missing = (index: number): number => atMost + 1 - (found[index]?.length ?? 0);
  /** The first section whose end, or more than enough of it, is not known yet. */
  let open = 0;
  for (let pages = 0; pages < PAGES && open < prefixes.length; pages += 1) {
    const last = lastOf(open);
    const start = last ? { after: last } : { from: prefixes[open] ?? '' };
    const page = await queryPage(rt, { pk, ...start, limit: missing(open), lagging: true });
    keep(page.items);
    const reached = page.next ? indexOf(page.next) : prefixes.length;
    open = reached < prefixes.length && missing(reached) <= 0 ? reached + 1 : reached;
  }
  await Promise.all(
    prefixes.slice(open).map(async (prefix, index) => {
      const last = lastOf(open + index);
      const page = await queryPage(rt, {
        pk,
        beginsWith: prefix,
        limit: missing(open + index),
        lagging: true,
        ...(last && { after: last }),
      });
      keep(page.items);
    }),
  );
  return found.map((items) => ({ items: items.slice(0, atMost), more: items.length > atMost }));
};

/** A count that stops being exact: `more` means at least so many. */
export interface Count {
  readonly count: number;
  readonly more: boolean;
}

/** How long a section is, of which the beginning was read: what lies behind is counted in the store, and not sent. */
export const countSection = async (
  rt: Runtime,
  { items, more }: Section,
  { pk, prefix, atMost }: { pk: string; prefix: string; atMost: number },
): Promise<Count> => {
  const last = items.at(-1);
  if (!more || !last || items.length >= atMost) return { count: items.length, more };
  const behind = await countItems(rt, {
    pk,
    beginsWith: prefix,
    // One more than is wanted says whether it goes on.
    limit: atMost + 1 - items.length,
    lagging: true,
    after: { pk, sk: last.sk },
  });
  const found = items.length + behind;
  return { count: Math.min(found, atMost), more: found > atMost };
};
