import type { Runtime } from '../../platform/runtime.ts';
import { type RosterList, rosterLists } from './executor.ts';
import { type RosterEntry, rosterEntries, rosterEntryOf, rosterKey } from './roster-entries.ts';

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
