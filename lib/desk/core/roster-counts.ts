import type { Runtime } from '../../platform/runtime.ts';
import { isOnline, type RosterList, rosterLists } from './executor.ts';
import { type Count, EXACT } from './line-counts.ts';
import {
  executorOfEntry,
  listPrefix,
  recentNumbersOf,
  rosterEntries,
  rosterEntryOf,
  rosterKey,
} from './roster-entries.ts';
import { readSections } from './section-repository.ts';

export interface RosterState {
  readonly counts: Readonly<Record<RosterList, Count>>;
  /** Of those who are there, up to 100 of each list, each one's recent numbers. */
  readonly online: readonly (readonly number[])[];
  /** The first on the roster, present or not. */
  readonly first: readonly string[];
}

/** A desk's roster in numbers, exact up to 100 of each list. */
export const readRosterState = async (
  rt: Runtime,
  deskId: string,
  firstCount: number,
): Promise<RosterState> => {
  const prefixes = rosterLists.map((list) => `${listPrefix(list)}#`);
  const sections = await readSections(rt, { pk: rosterKey(deskId), prefixes, atMost: EXACT });
  const items = sections.flatMap((section) => section.items);
  const counts = Object.fromEntries(
    rosterLists.map((list, index) => {
      const section = sections[index];
      return [list, { count: section?.items.length ?? 0, more: section?.more ?? false }];
    }),
  ) as Record<RosterList, Count>;
  const places = rosterEntries.readable(rt, items).items;
  return {
    counts,
    online: places.filter((place) => isOnline(rosterEntryOf(place).list)).map(recentNumbersOf),
    first: items.slice(0, firstCount).map(({ sk }) => executorOfEntry(sk)),
  };
};
