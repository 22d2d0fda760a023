import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Readable } from '../../platform/storage/entity.ts';
import { findTogether } from '../../platform/storage/find-together.ts';
import { isShapeUnknown } from '../../platform/storage/stored-shape.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Due } from '../../platform/timers/due-item.ts';
import type { Executor, Limits, PresenceBeat } from '../model.ts';
import {
  type ExecutorItem,
  executorItems,
  executorPartition,
  type HoldingsBlock,
  holdingsBlocks,
  presenceBeats,
} from './executor-items.ts';
import {
  emptyLayout,
  holdingsOf,
  type Layout,
  type NextLayout,
  nextLayout,
  packedHoldings,
  setsOf,
  tallyOf,
  unpackedHoldings,
} from './holdings.ts';
import { unpackedNumbers } from './recent-numbers.ts';
import { recentOf, rosterEntries, type StoredRosterEntry, storedEntryOf } from './roster-entries.ts';
import { findItems, type Item, put, removeExisting } from './table.ts';

/**
 * An executor and their roster entry. The entry may lag behind a change of limits, so it says under which
 * caps it was found: after a change the dispatcher moves those it meets, instead of re-keying ten thousand at once.
 */
export interface StoredExecutor {
  readonly executor: Executor;
  readonly place: string;
  readonly caps: string;
  readonly layout: Layout;
}

/** The executor of an item, with their blocks. Throws when a block is missing: it was read at another moment. */
export const toStoredExecutor = (
  item: ExecutorItem,
  blocks: readonly HoldingsBlock[] = [],
): StoredExecutor => {
  const { executorId, place, caps, recent, ...stored } = item;
  const { blocks: _, held, heldOrdinary, heldUrgent, heldParked, ...rest } = stored;
  const layout: Layout = {
    inline: unpackedHoldings(item),
    blocks: new Map(blocks.map((block) => [block.number, unpackedHoldings(block)])),
  };
  const executor = {
    ...rest,
    id: executorId,
    recentNumbers: unpackedNumbers(recent, item.rank),
    ...setsOf([layout.inline, ...layout.blocks.values()]),
  };
  return { executor, place, caps, layout };
};

/** Whether these are the blocks as of the writing of the executor's item: each names the version it came with. */
const belong = ({ blocks = [], version }: ExecutorItem, found: readonly HoldingsBlock[]): boolean =>
  found.length === blocks.length && found.every(({ since }) => since <= version);

/**
 * Executors of their items, with what they hold in blocks: one request more where anybody has any. Somebody who changed
 * between the two requests is read again.
 */
export const withHoldings = async (
  rt: Runtime,
  items: readonly ExecutorItem[],
  how: { lagging?: boolean } = {},
): Promise<StoredExecutor[]> => {
  const wanted = items.flatMap(({ executorId, blocks = [] }) =>
    blocks.map((number) => ({ executorId, number })),
  );
  const found = wanted.length > 0 ? await holdingsBlocks.findAll(rt, wanted, how) : [];
  const blocks = Map.groupBy(found, ({ executorId }) => executorId);
  const read = await Promise.all(
    items.map((item) => {
      const own = blocks.get(item.executorId) ?? [];
      return belong(item, own) ? toStoredExecutor(item, own) : findExecutor(rt, item.executorId);
    }),
  );
  return read.flatMap((stored) => stored ?? []);
};

/** The same, but an executor with a block that cannot be read is left out instead of failing all. */
const eachWithHoldings = async (
  rt: Runtime,
  items: readonly ExecutorItem[],
  how: { lagging?: boolean },
): Promise<StoredExecutor[]> => {
  const orNone = (error: unknown): StoredExecutor[] => {
    if (isShapeUnknown(error)) return [];
    throw error;
  };
  try {
    return await withHoldings(rt, items, how);
  } catch (error) {
    orNone(error);
    const one = (item: ExecutorItem) => withHoldings(rt, [item], how).catch(orNone);
    return (await Promise.all(items.map(one))).flat();
  }
};

const itemOf = (
  executor: Executor,
  { place, caps }: StoredRosterEntry,
  { inline, blocks }: Layout,
): ExecutorItem => {
  const { id, open, openUrgent, parked, recentNumbers = [], ...rest } = executor;
  return {
    ...rest,
    executorId: id,
    ...packedHoldings(inline),
    // Whoever only wants to know how many need not read the blocks.
    ...(blocks.size > 0 && { blocks: [...blocks.keys()], held: tallyOf(executor) }),
    ...recentOf(recentNumbers, executor.rank),
    place,
    caps,
  };
};

/** Fenced by the executor's version, which the same transaction checks. */
const blockWrites = (rt: Runtime, { id, version }: Executor, { blocks, changed }: NextLayout): Write[] =>
  changed.map((number) => {
    const block = blocks.get(number);
    const which = { executorId: id, number };
    return block
      ? holdingsBlocks.put(rt, { ...which, ...packedHoldings(block), since: version })
      : removeExisting(rt, holdingsBlocks.key(which));
  });

export const findExecutor = async (rt: Runtime, executorId: string): Promise<StoredExecutor | undefined> => {
  const item = await executorItems.find(rt, { executorId });
  const [stored] = item ? await withHoldings(rt, [item]) : [];
  return stored;
};

export const executorMissing = (): AppError =>
  new AppError('missing', 'executor-not-found', 'there is no such executor');

export const getExecutor = async (rt: Runtime, executorId: string): Promise<StoredExecutor> => {
  const stored = await findExecutor(rt, executorId);
  if (!stored) throw executorMissing();
  return stored;
};

export interface PresentExecutor extends StoredExecutor {
  readonly beat: PresenceBeat | undefined;
}

/** Items of executors and of their heartbeats, read in one request per fifty. */
export const readWithBeats = async (
  rt: Runtime,
  executorIds: readonly string[],
  how: { lagging?: boolean } = {},
): Promise<{ readonly executors: readonly Item[]; readonly beats: readonly Item[] }> => {
  const ids = [...new Set(executorIds)].map((executorId) => ({ executorId }));
  const keys = ids.flatMap((id) => [executorItems.key(id), presenceBeats.key(id)]);
  const { executors = [], beats = [] } = Object.groupBy(await findItems(rt, keys, how), ({ sk }) =>
    sk === 'EXECUTOR' ? 'executors' : 'beats',
  );
  return { executors, beats };
};

/** By the executor whose they are; one that cannot be read is as good as none. */
export const beatsOf = (rt: Runtime, beats: readonly Item[]): ReadonlyMap<string, PresenceBeat> =>
  new Map(presenceBeats.readable(rt, beats).items.map((beat) => [beat.executorId, beat]));

/**
 * Executors with their last heartbeats, in one request per fifty, read consistently unless they may lag; missing ones are
 * left out, and those that cannot be read.
 */
export const listPresentExecutors = async (
  rt: Runtime,
  ids: readonly string[],
  how: { lagging?: boolean } = {},
): Promise<Readable<PresentExecutor>> => {
  const read = await readWithBeats(rt, ids, how);
  const beats = beatsOf(rt, read.beats);
  const { items } = executorItems.readable(rt, read.executors);
  const stored = new Map(
    (await eachWithHoldings(rt, items, how)).map((each) => [
      each.executor.id,
      { ...each, beat: beats.get(each.executor.id) },
    ]),
  );
  const omitted = read.executors.length - stored.size;
  return { items: ids.flatMap((id) => stored.get(id) ?? []), ...(omitted > 0 && { omitted }) };
};

/** One of them. Throws `stored-shape-unknown`. */
export const findPresentExecutor = async (
  rt: Runtime,
  executorId: string,
): Promise<PresentExecutor | undefined> => {
  const { executor, beat } = await findTogether(rt, {
    executor: executorItems.at({ executorId }),
    beat: presenceBeats.at({ executorId }),
  });
  const [stored] = executor ? await withHoldings(rt, [executor]) : [];
  return stored && { ...stored, beat };
};

const rosterWrites = (rt: Runtime, before: StoredExecutor | undefined, next: StoredRosterEntry): Write[] => {
  const old = before && { deskId: before.executor.homeDeskId, place: before.place };
  if (old && old.deskId === next.deskId && old.place === next.place)
    return before.caps === next.caps ? [] : [rosterEntries.put(rt, next)];
  return [...(old ? [removeExisting(rt, rosterEntries.key(old))] : []), rosterEntries.putNew(rt, next)];
};

/** Writes that turn an executor into its next version, the roster entry included. */
export const executorWrites = (
  rt: Runtime,
  { before, after, limits }: { before: StoredExecutor | undefined; after: Executor; limits: Limits },
): Write[] => {
  const place = storedEntryOf(after, limits);
  const layout = nextLayout(before?.layout ?? emptyLayout, holdingsOf(after));
  return [
    executorItems.next(rt, before?.executor, itemOf(after, place, layout)),
    ...blockWrites(rt, after, layout),
    ...rosterWrites(rt, before, place),
  ];
};

export const beatWrite = (rt: Runtime, beat: PresenceBeat, due?: Due): Write =>
  presenceBeats.put(rt, beat, due);

/** Remembers that an executor held a ticket: `GET /v1/tickets?held=before` lists these. */
export const heldWrite = (rt: Runtime, executorId: string, ticketId: string): Write =>
  put(rt, { pk: executorPartition(executorId), sk: `HELD#${ticketId}`, ticketId });
