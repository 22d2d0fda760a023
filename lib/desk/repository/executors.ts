import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Due } from '../../platform/timers/due-item.ts';
import type { Executor, Limits, PresenceBeat } from '../model.ts';
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
import { recentOf, rosterItem, rosterKey } from './roster-entries.ts';
import {
  findItem,
  findItems,
  type Item,
  type Key,
  put,
  putNew,
  putVersion,
  removeExisting,
} from './table.ts';

export const executorKey = (executorId: string): Key => ({ pk: `EXECUTOR#${executorId}`, sk: 'EXECUTOR' });
export const beatKey = (executorId: string): Key => ({ pk: `EXECUTOR#${executorId}`, sk: 'PRESENCE' });

/**
 * An executor and where they stand on the roster. The place may lag behind a change of limits, so it says under which
 * caps it was found: after a change the dispatcher moves those it meets, instead of re-keying ten thousand at once.
 */
export interface StoredExecutor {
  readonly executor: Executor;
  readonly place: string;
  readonly caps: string;
  readonly layout: Layout;
}

/** The executor of an item, with their blocks. Throws when a block is missing: it was read at another moment. */
export const toStoredExecutor = (item: Item, blocks: readonly Item[] = []): StoredExecutor => {
  const { pk, sk, executorId, place, caps, recent, ...stored } = item;
  const { blocks: _, held, heldOrdinary, heldUrgent, heldParked, ...rest } = stored;
  const layout: Layout = {
    inline: unpackedHoldings(item),
    blocks: new Map(blocks.map((block) => [blockNumber(block), unpackedHoldings(block)])),
  };
  const executor = {
    ...(rest as unknown as Executor),
    id: String(executorId),
    recentNumbers: unpackedNumbers(recent as Uint8Array | undefined, Number(item.rank)),
    ...setsOf([layout.inline, ...layout.blocks.values()]),
  };
  return { executor, place: String(place), caps: String(caps), layout };
};

const blockKey = (executorId: string, number: number): Key => ({
  pk: `EXECUTOR#${executorId}`,
  sk: `HOLDINGS#${number}`,
});
const blockNumber = ({ sk }: Item): number => Number(sk.slice('HOLDINGS#'.length));
const blocksOf = (item: Item): readonly number[] => (item.blocks as number[] | undefined) ?? [];

/** Whether these are the blocks as they stood when the executor's item was written: each names the version it came with. */
const belong = (item: Item, blocks: readonly Item[]): boolean =>
  blocks.length === blocksOf(item).length &&
  blocks.every((block) => Number(block.since) <= Number(item.version));

/**
 * Executors of their items, with what they hold in blocks: one request more where anybody has any. Somebody who changed
 * between the two requests is read again.
 */
export const withHoldings = async (
  rt: Runtime,
  items: readonly Item[],
  how: { lagging?: boolean } = {},
): Promise<StoredExecutor[]> => {
  const keys = items.flatMap((item) =>
    blocksOf(item).map((number) => blockKey(String(item.executorId), number)),
  );
  const found = keys.length > 0 ? await findItems(rt, keys, how) : [];
  const blocks = Map.groupBy(found, (block) => block.pk);
  const read = await Promise.all(
    items.map((item) => {
      const own = blocks.get(item.pk) ?? [];
      return belong(item, own) ? toStoredExecutor(item, own) : findExecutor(rt, String(item.executorId));
    }),
  );
  return read.flatMap((stored) => stored ?? []);
};

const toItem = (executor: Executor, place: Item, { inline, blocks }: Layout): Item => {
  const { id, open, openUrgent, parked, recentNumbers = [], ...rest } = executor;
  return {
    ...executorKey(id),
    executorId: id,
    ...rest,
    ...packedHoldings(inline),
    // Whoever only wants to know how many need not read the blocks.
    ...(blocks.size > 0 && { blocks: [...blocks.keys()], held: tallyOf(executor) }),
    ...recentOf(recentNumbers, executor.rank),
    place: place.sk,
    caps: place.caps,
  };
};

/** Fenced by the executor's version, which the same transaction checks. */
const blockWrites = (rt: Runtime, { id, version }: Executor, { blocks, changed }: NextLayout): Write[] =>
  changed.map((number) => {
    const block = blocks.get(number);
    const key = blockKey(id, number);
    return block ? put(rt, { ...key, ...packedHoldings(block), since: version }) : removeExisting(rt, key);
  });

export const findExecutor = async (rt: Runtime, executorId: string): Promise<StoredExecutor | undefined> => {
  const item = await findItem(rt, executorKey(executorId));
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

export const toBeat = (item: Item): PresenceBeat => ({
  executorId: item.pk.slice('EXECUTOR#'.length),
  lastBeatAt: String(item.lastBeatAt),
  watch: String(item.watch),
});

export interface PresentExecutor extends StoredExecutor {
  readonly beat: PresenceBeat | undefined;
}

/** Executors with their last heartbeats, read consistently in one request per fifty; missing ones are left out. `lagging`: to show only. */
export const listPresentExecutors = async (
  rt: Runtime,
  ids: readonly string[],
  { lagging = false } = {},
): Promise<PresentExecutor[]> => {
  const items = await findItems(
    rt,
    [...new Set(ids)].flatMap((id) => [executorKey(id), beatKey(id)]),
    { lagging },
  );
  const beats = new Map(
    items.filter((item) => item.sk === 'PRESENCE').map((item) => [item.pk, toBeat(item)]),
  );
  const executors = await withHoldings(
    rt,
    items.filter((item) => item.sk === 'EXECUTOR'),
    { lagging },
  );
  const stored = new Map(
    executors.map((each) => [
      each.executor.id,
      { ...each, beat: beats.get(executorKey(each.executor.id).pk) },
    ]),
  );
  return ids.flatMap((id) => stored.get(id) ?? []);
};

const rosterWrites = (rt: Runtime, before: StoredExecutor | undefined, item: Item): Write[] => {
  const old = before && { pk: rosterKey(before.executor.homeDeskId), sk: before.place };
  if (old && old.pk === item.pk && old.sk === item.sk)
    return before.caps === item.caps ? [] : [put(rt, item)];
  return [...(old ? [removeExisting(rt, old)] : []), putNew(rt, item)];
};

/** Writes that turn an executor into its next version, the place on the roster included. */
export const executorWrites = (
  rt: Runtime,
  { before, after, limits }: { before: StoredExecutor | undefined; after: Executor; limits: Limits },
): Write[] => {
  const place = rosterItem(after, limits);
  const layout = nextLayout(before?.layout ?? emptyLayout, holdingsOf(after));
  const item = toItem(after, place, layout);
  return [
    before ? putVersion(rt, item, before.executor.version) : putNew(rt, item),
    ...blockWrites(rt, after, layout),
    ...rosterWrites(rt, before, place),
  ];
};

export const beatWrite = (rt: Runtime, beat: PresenceBeat, due?: Due): Write =>
  put(rt, { ...beatKey(beat.executorId), lastBeatAt: beat.lastBeatAt, watch: beat.watch, ...due });

/** Remembers that an executor held a ticket: `GET /v1/tickets?held=before` lists these. */
export const heldWrite = (rt: Runtime, executorId: string, ticketId: string): Write =>
  put(rt, { pk: `EXECUTOR#${executorId}`, sk: `HELD#${ticketId}`, ticketId });
