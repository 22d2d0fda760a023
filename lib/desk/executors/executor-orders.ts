// @pure

import { isOnline, type RosterList, rosterLists } from '../core/executor.ts';

export const executorSorts = ['turn', 'load', 'name'] as const;
export type ExecutorSort = (typeof executorSorts)[number];

/** So many executors can be put in an order that is no key of the roster's. */
export const ORDERED_AT_MOST = 1000;

/** Where an executor stands on the roster. */
interface Placed {
  readonly executorId: string;
  readonly rank: number;
  readonly list: RosterList;
}

/** Whoever was assigned longest ago is next (R-DESK-06). */
export const inTurn = (a: Placed, b: Placed): number =>
  a.rank - b.rank || (a.executorId < b.executorId ? -1 : 1);

const isThere = ({ list }: Placed): boolean => isOnline(list);

/** The place of each in the rotation, 1 being next, of the entries of all who are online. */
export const turnsOf = (entries: readonly Placed[]): ReadonlyMap<string, number> =>
  new Map(
    entries
      .filter(isThere)
      .sort(inTurn)
      .map(({ executorId }, index) => [executorId, index + 1]),
  );

/** Where an executor stands in an order: parts are compared one after the other, the id last. */
export type SortKey = readonly (string | number)[];

const compareParts = (a: string | number, b: string | number): number =>
  a === b ? 0 : typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1;

export const compareKeys = (a: SortKey, b: SortKey): number => {
  for (const [index, part] of a.entries()) {
    const order = compareParts(part, b[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
};

/** Those online by whose turn it is, then the absent as the roster has them. */
export const turnKey = ({ list, rank, executorId }: Placed): SortKey => [
  isOnline(list) ? 0 : rosterLists.indexOf(list),
  rank,
  executorId,
];

interface Loaded {
  readonly id: string;
  readonly name: string;
  readonly open: number;
  readonly openUrgent: number;
}

/** Whoever holds most comes first. */
export const loadKey = ({ id, open, openUrgent }: Loaded): SortKey => [-open, -openUrgent, id];

/** Case and accents do not part names. */
export const nameKey = ({ id, name }: Loaded): SortKey => [
  name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase(),
  id,
];
