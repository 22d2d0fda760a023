import type { Runtime } from '../../platform/runtime.ts';
import { isOnline, type RosterList, rosterLists } from './executor.ts';
import { EXACT } from './line-counts.ts';
import {
  executorOfEntry,
  listPrefix,
  recentNumbersOf,
  rosterEntries,
  rosterEntryOf,
  rosterKey,
} from './roster-entries.ts';
import { type Count, countSection, readSections } from './section-repository.ts';

export interface RosterState {
  readonly counts: Readonly<Record<RosterList, Count>>;
  /** Of those who are there, up to 100 of each list, each one's recent numbers. */
  readonly online: readonly (readonly number[])[];
  /** The first on the roster, present or not. */
  readonly first: readonly string[];
}

/** A desk's roster in numbers, of each list exact up to `exactTo`, which is 100 at least. */
export const readRosterState = async (
  rt: Runtime,
  deskId: string,
  { first, exactTo = EXACT }: { first: number; exactTo?: number },
): Promise<RosterState> => {
  const pk = rosterKey(deskId);
  const prefixes = rosterLists.map((list) => `${listPrefix(list)}#`);
  const sections = await readSections(rt, { pk, prefixes, atMost: EXACT });
  const items = sections.flatMap((section) => section.items);
  const found = await Promise.all(
    sections.map((section, index) =>
      countSection(rt, section, { pk, prefix: prefixes[index] ?? '', atMost: exactTo }),
    ),
  );
  const counts = Object.fromEntries(rosterLists.map((list, index) => [list, found[index]])) as Record<
    RosterList,
    Count
  >;
  const places = rosterEntries.readable(rt, items).items;
  return {
    counts,
    online: places.filter((place) => isOnline(rosterEntryOf(place).list)).map(recentNumbersOf),
    first: items.slice(0, first).map(({ sk }) => executorOfEntry(sk)),
  };
};
