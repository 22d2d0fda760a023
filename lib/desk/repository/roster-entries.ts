import { isOnline, listOf, type RosterList, rosterLists } from '../executors/executor-rules.ts';
import type { Executor, Limits } from '../model.ts';
import { packedNumbers, unpackedNumbers } from './recent-numbers.ts';
import { type Item, padded } from './table.ts';

export const rosterKey = (deskId: string): string => `ROSTER#${deskId}`;

export const capsOf = (limits: Limits): string =>
  `${limits.maxTicketsPerExecutor}/${limits.maxUrgentTicketsPerExecutor}`;

/** The attribute of recent numbers; none where there are none. */
export const recentOf = (numbers: readonly number[], last: number): { recent?: Uint8Array } =>
  numbers.length > 0 ? { recent: packedNumbers(numbers, last) } : {};

export const listPrefix = (list: RosterList): string => String(rosterLists.indexOf(list));

/** Sort key on the roster: list, then who was assigned longest ago. */
export const placeOf = (executor: Executor, limits: Limits): string =>
  `${listPrefix(listOf(executor, limits))}#${padded(executor.rank)}#${executor.id}`;

const listOfKey = (place: string): RosterList => rosterLists[Number(place[0])] ?? 'offline';

/** Where somebody stands on a roster. */
export interface RosterEntry {
  readonly executorId: string;
  readonly list: RosterList;
  /** The caps under which they were found to stand there. */
  readonly caps: string;
}

const partsOf = ({ sk }: Item) => {
  const [, rank = '', executorId = ''] = sk.split('#');
  return { rank: Number(rank), executorId };
};

export const rosterEntryOf = (item: Item): RosterEntry => ({
  executorId: partsOf(item).executorId,
  list: listOfKey(item.sk),
  caps: String(item.caps),
});

/** Recent numbers of an executor who is online; the entry of one who is not does not say them. */
export const recentNumbersOf = (item: Item): number[] =>
  unpackedNumbers(item.recent as Uint8Array | undefined, partsOf(item).rank);

/** Every executor stands in exactly one list of their home desk. What the key says is not said again. */
export const rosterItem = (executor: Executor, limits: Limits): Item => ({
  pk: rosterKey(executor.homeDeskId),
  sk: placeOf(executor, limits),
  caps: capsOf(limits),
  ...(isOnline(listOf(executor, limits)) && recentOf(executor.recentNumbers ?? [], executor.rank)),
});
