import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import { pageAnswer, startAfter } from '../../platform/http/stored-list.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { getDesk } from '../core/desk-repository.ts';
import { isOnline, rosterLists } from '../core/executor.ts';
import { executorOfEntry, listPrefix, type RosterEntry, rosterKey } from '../core/roster-entries.ts';
import { readRosterLists } from '../core/roster-repository.ts';
import { queryPage } from '../core/table.ts';
import type { Presence } from '../model.ts';
import {
  compareKeys,
  type ExecutorSort,
  loadKey,
  nameKey,
  ORDERED_AT_MOST,
  type SortKey,
  turnKey,
  turnsOf,
} from './executor-orders.ts';
import type { ExecutorRowView } from './executor-row-view.ts';
import { readExecutorRows } from './executor-rows.ts';
import { listExecutorSummaries } from './executor-summary-repository.ts';

export interface ExecutorQuery {
  readonly deskId: string;
  readonly presence?: Presence | undefined;
  /** Undefined: the order of the roster. */
  readonly sort?: ExecutorSort | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The lists of the roster that hold executors of a presence; they lie behind each other. */
const listsOf = (presence: Presence | undefined) =>
  rosterLists.filter((list) => !presence || (presence === 'online' ? isOnline(list) : list === presence));

const tooMany = (): AppError =>
  new AppError(
    'invalid',
    'filter-unsupported',
    `More than ${ORDERED_AT_MOST} executors cannot be sorted: leave \`sort\` out, or name a presence.`,
  );

const onlineEntries = (rt: Runtime, deskId: string): Promise<readonly RosterEntry[]> =>
  readRosterLists(rt, deskId, { lists: listsOf('online'), limit: ORDERED_AT_MOST });

/** In the order of the roster, which is a key: any number of them. */
const byRoster = async (rt: Runtime, query: ExecutorQuery): Promise<Page<ExecutorRowView>> => {
  const { deskId, presence, limit, cursor } = query;
  const name = `executors:${deskId}${presence ? `:${presence}` : ''}`;
  const list = { name, pk: rosterKey(deskId) };
  const after = startAfter(list, cursor);
  const lists = listsOf(presence);
  const [first = 'all', last = first] = [lists[0], lists.at(-1)];
  const range = { from: `${listPrefix(first)}#`, to: `${listPrefix(last)}#~` };
  const [page, online] = await Promise.all([
    queryPage(rt, { pk: list.pk, limit, ...range, ...(after && { after }) }),
    onlineEntries(rt, deskId),
  ]);
  const ids = page.items.map(({ sk }) => executorOfEntry(sk));
  const { items, omitted, cutAfter } = await readExecutorRows(rt, { deskId, ids, turns: turnsOf(online) });
  const next = cutAfter ? page.items[ids.indexOf(cutAfter)] : page.next;
  const { nextCursor } = pageAnswer(list, { items: page.items, ...(next && { next }) }, () => undefined);
  return { items, nextCursor, ...omittedOf({ omitted }) };
};

const keysBy = async (
  rt: Runtime,
  sort: ExecutorSort,
  entries: readonly RosterEntry[],
): Promise<Map<string, SortKey>> => {
  if (sort === 'turn') return new Map(entries.map((entry) => [entry.executorId, turnKey(entry)]));
  const ids = entries.map(({ executorId }) => executorId);
  const { items } = await listExecutorSummaries(rt, ids, { lagging: true });
  return new Map(items.map((each) => [each.id, sort === 'load' ? loadKey(each) : nameKey(each)]));
};

const invalidCursor = (): AppError =>
  new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');

const LONGEST_KEY = 3;

const keyIn = (name: string, cursor: string | undefined): SortKey | undefined => {
  if (cursor === undefined) return undefined;
  const parts = Object.values(decodeCursor(name, cursor));
  if (parts.length === 0 || parts.length > LONGEST_KEY) throw invalidCursor();
  return parts;
};

/** In an order that is no key: all of them are read for each page, so there may not be too many. */
const bySort = async (
  rt: Runtime,
  query: ExecutorQuery & { sort: ExecutorSort },
): Promise<Page<ExecutorRowView>> => {
  const { deskId, presence, sort, limit, cursor } = query;
  const name = `executors:${deskId}:${presence ?? ''}:${sort}`;
  const after = keyIn(name, cursor);
  const lists = listsOf(presence);
  const entries = await readRosterLists(rt, deskId, { lists, limit: ORDERED_AT_MOST + 1 });
  if (entries.length > ORDERED_AT_MOST) throw tooMany();
  const keys = await keysBy(rt, sort, entries);
  const sorted = [...keys].sort(([, a], [, b]) => compareKeys(a, b));
  const rest = after ? sorted.filter(([, key]) => compareKeys(key, after) > 0) : sorted;
  const ids = rest.slice(0, limit).map(([id]) => id);
  const { items, omitted, cutAfter } = await readExecutorRows(rt, { deskId, ids, turns: turnsOf(entries) });
  const end = rest.length > limit ? rest[limit - 1]?.[1] : undefined;
  const last = cutAfter ? keys.get(cutAfter) : end;
  const nextCursor = last ? encodeCursor(name, Object.fromEntries(last.entries())) : null;
  return { items, nextCursor, ...omittedOf({ omitted }) };
};

/**
 * A desk's executors as rows of its board, as they lately were. Someone who moves on the roster between two pages may be
 * missed or seen twice. Throws `desk-not-found`, `invalid-cursor`, `filter-unsupported`.
 */
export const listExecutors = async (rt: Runtime, query: ExecutorQuery): Promise<Page<ExecutorRowView>> => {
  const { sort } = query;
  await getDesk(rt, query.deskId);
  return sort ? bySort(rt, { ...query, sort }) : byRoster(rt, query);
};
