import type { Runtime } from '../../platform/runtime.ts';
import { type RosterList, rosterLists } from '../executors/executor-rules.ts';
import { listOfPlace, rosterKey } from './executors.ts';
import { type Item, queryPage } from './table.ts';

export interface RosterEntry {
  readonly executorId: string;
  readonly list: RosterList;
  readonly caps: string;
}

const toEntry = (item: Item): RosterEntry => ({
  executorId: String(item.executorId),
  list: listOfPlace(item.sk),
  caps: String(item.caps),
});

export interface Roster {
  readonly entries: readonly RosterEntry[];
  readonly more: boolean;
}

/** The desk's executors in the order a dispatcher asks them: room for all, ordinary room, full, then the absent. */
export const readRoster = async (rt: Runtime, deskId: string, limit: number): Promise<Roster> => {
  const page = await queryPage(rt, { pk: rosterKey(deskId), limit });
  return { entries: page.items.map(toEntry), more: page.next !== undefined };
};

/** From the full ones on: only for counting those who are out of question. */
export const readUnavailable = async (rt: Runtime, deskId: string, limit: number): Promise<Roster> => {
  const from = `${rosterLists.indexOf('full')}#`;
  const page = await queryPage(rt, { pk: rosterKey(deskId), from, limit });
  return { entries: page.items.map(toEntry), more: page.next !== undefined };
};
