import * as z from 'zod';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily, type ReadBy, storedBytes } from '../../platform/storage/stored-schema.ts';
import type { Executor, Limits } from '../model.ts';
import { isOnline, listOf, type RosterList, rosterLists } from './executor.ts';
import { packedNumbers, unpackedNumbers } from './recent-numbers.ts';
import { padded } from './table.ts';

const ROSTER = 'ROSTER#';
export const rosterKey = (deskId: string): string => ROSTER + deskId;

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

/** An executor's entry on a roster. Attributes do not repeat what the key holds. */
const storedEntrySchema = lazily(() =>
  z.object({
    deskId: z.string(),
    /** The sort key. */
    place: z.string(),
    /** The caps under which the entry was computed. */
    caps: z.string(),
    /** Packed recent numbers of an executor who is online; the entry of one who is not does not say them. */
    recent: storedBytes().optional(),
  }),
);
export type StoredRosterEntry = ReadBy<typeof storedEntrySchema>;

export const rosterEntries = defineEntity({
  table: 'desk',
  name: 'desk.roster-entry',
  key: ({ deskId, place }: Pick<StoredRosterEntry, 'deskId' | 'place'>) => ({
    pk: rosterKey(deskId),
    sk: place,
  }),
  schema: storedEntrySchema,
  inKey: {
    attributes: ['deskId', 'place'],
    read: ({ pk, sk }) => ({ deskId: pk.slice(ROSTER.length), place: sk }),
  },
});

/** The entries of a roster, with the caps under which they were computed. */
export interface RosterEntry {
  readonly executorId: string;
  /** Number of their last assignment by the dispatcher. */
  readonly rank: number;
  readonly list: RosterList;
  readonly caps: string;
}

const partsOf = (place: string) => {
  const [, rank = '', executorId = ''] = place.split('#');
  return { rank: Number(rank), executorId };
};

export const executorOfEntry = (place: string): string => partsOf(place).executorId;

export const rosterEntryOf = ({ place, caps }: StoredRosterEntry): RosterEntry => ({
  ...partsOf(place),
  list: listOfKey(place),
  caps,
});

export const recentNumbersOf = ({ place, recent }: StoredRosterEntry): number[] =>
  unpackedNumbers(recent, partsOf(place).rank);

/** Every executor is in exactly one list of their home desk. */
export const storedEntryOf = (executor: Executor, limits: Limits): StoredRosterEntry => ({
  deskId: executor.homeDeskId,
  place: placeOf(executor, limits),
  caps: capsOf(limits),
  ...(isOnline(listOf(executor, limits)) && recentOf(executor.recentNumbers ?? [], executor.rank)),
});
