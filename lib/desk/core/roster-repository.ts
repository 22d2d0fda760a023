import type { Runtime } from '../../platform/runtime.ts';
import type { Executor } from '../model.ts';
import { isOnline, type RosterList, rosterLists } from './executor.ts';
import { listPrefix, type RosterEntry, rosterEntries, rosterEntryOf, rosterKey } from './roster-entries.ts';
import { countItems, type Item, padded } from './table.ts';

export interface Roster {
  readonly entries: readonly RosterEntry[];
  readonly more: boolean;
}

interface Reach {
  readonly limit: number;
  /** The list to begin with. */
  readonly from?: RosterList;
  /** To explain, not to dispatch. */
  readonly lagging?: boolean;
}

/** The desk's executors in the order a dispatcher reads them: room for all, ordinary room, full, then the absent. */
export const readRoster = async (
  rt: Runtime,
  deskId: string,
  { limit, from, lagging = false }: Reach,
): Promise<Roster> => {
  const start = from && { from: `${rosterLists.indexOf(from)}#` };
  const page = await rosterEntries.page(rt, { pk: rosterKey(deskId), limit, lagging, ...start });
  return { entries: page.items.map(rosterEntryOf), more: page.next !== undefined };
};

/** The first entries of some lists of the roster that lie behind each other, in its order, as they lately were. */
export const readRosterLists = async (
  rt: Runtime,
  deskId: string,
  { lists, limit }: { lists: readonly RosterList[]; limit: number },
): Promise<readonly RosterEntry[]> => {
  const bounds = {
    from: `${rosterLists.indexOf(lists[0] ?? 'all')}#`,
    to: `${rosterLists.indexOf(lists.at(-1) ?? 'offline')}#~`,
  };
  const entries: RosterEntry[] = [];
  let after: Item | undefined;
  do {
    // A page ends at a megabyte.
    const page = await rosterEntries.page(rt, {
      pk: rosterKey(deskId),
      limit: limit - entries.length,
      lagging: true,
      ...bounds,
      ...(after && { after }),
    });
    entries.push(...page.items.map(rosterEntryOf));
    after = page.next;
  } while (after && entries.length < limit);
  return entries;
};

/** How many of a desk's executors who are online come before this one in the rotation, counted up to `atMost`. */
export const countBefore = async (
  rt: Runtime,
  { id, homeDeskId, rank }: Pick<Executor, 'id' | 'homeDeskId' | 'rank'>,
  atMost: number,
): Promise<number> => {
  const counts = await Promise.all(
    rosterLists.filter(isOnline).map((list) => {
      const prefix = `${listPrefix(list)}#`;
      const to = `${prefix}${padded(rank)}#${id}`;
      return countItems(rt, {
        pk: rosterKey(homeDeskId),
        from: prefix,
        to,
        limit: atMost + 1,
        lagging: true,
      });
    }),
  );
  // Their own entry lies at the end of one of the ranges.
  return Math.max(0, counts.reduce((sum, count) => sum + count, 0) - 1);
};
