import type { Runtime } from '../../platform/runtime.ts';
import { type RosterList, rosterLists } from '../executors/executor-rules.ts';
import { listOfPlace, rosterKey } from './executors.ts';
import { type Count, EXACT } from './line-counts.ts';
import { queryPage } from './table.ts';

export interface RosterState {
  readonly counts: Readonly<Record<RosterList, Count>>;
  /** Those who are there, in the order a dispatcher asks them; up to 100 of each list. */
  readonly online: readonly string[];
  /** The first on the roster, present or not. */
  readonly first: readonly string[];
}

const WHOLE_PAGE = 300;
const ONLINE: readonly RosterList[] = ['all', 'ordinary', 'full'];

interface Place {
  readonly executorId: string;
  readonly list: RosterList;
}

const readPlaces = async (rt: Runtime, deskId: string): Promise<Place[]> => {
  const pk = rosterKey(deskId);
  const whole = await queryPage(rt, { pk, limit: WHOLE_PAGE });
  const pages = whole.next
    ? await Promise.all(
        rosterLists.map((_, index) => queryPage(rt, { pk, beginsWith: `${index}#`, limit: EXACT + 1 })),
      )
    : [whole];
  return pages.flatMap((page) =>
    page.items.map((item) => ({ executorId: String(item.executorId), list: listOfPlace(item.sk) })),
  );
};

/** A desk's roster in numbers: one request while it is short, one a list when it is long. */
export const readRosterState = async (
  rt: Runtime,
  deskId: string,
  firstCount: number,
): Promise<RosterState> => {
  const places = await readPlaces(rt, deskId);
  const idsOf = (list: RosterList) => places.flatMap((each) => (each.list === list ? each.executorId : []));
  const counts = Object.fromEntries(
    rosterLists.map((list) => {
      const found = idsOf(list).length;
      return [list, { count: Math.min(found, EXACT), more: found > EXACT }];
    }),
  ) as Record<RosterList, Count>;
  return {
    counts,
    online: ONLINE.flatMap(idsOf),
    first: places.slice(0, firstCount).map((place) => place.executorId),
  };
};
