import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Limits, LimitValues } from '../model.ts';
import type { LimitName } from '../settings/catalogue.ts';
import {
  effectiveLimits,
  type GlobalLimits,
  initialLimits,
  noOwnLimits,
  type OwnLimits,
  type PairGuard,
  pairPlaceOf,
} from '../settings/limits.ts';
import {
  findItems,
  type Item,
  type Key,
  type Page,
  padded,
  put,
  putNew,
  putNext,
  queryPage,
  removeExisting,
} from './table.ts';

const LIMITS = 'LIMITS';
const PAIRS = 'LIMITS-PAIRS';
const SNAPSHOT = 'AT#';

/** The global values, and the sequence by which all changes are one after the other. */
export const globalLimitsKey: Key = { pk: LIMITS, sk: 'CURRENT' };
/** One item a desk: however many desks there are, no item grows. */
export const ownLimitsKey = (deskId: string): Key => ({ pk: `${LIMITS}#${deskId}`, sk: 'CURRENT' });

/** The history of changes: the rest of the partition. */
export const limitsHistory = { name: 'limits-history', pk: LIMITS, prefix: 'HISTORY#' };

/** A setting that a stored item does not know has the value we ship. */
export const toGlobalLimits = (item: Item | undefined): GlobalLimits =>
  item
    ? {
        version: Number(item.valuesVersion),
        sequence: Number(item.version),
        changedAt: item.changedAt as Instant | undefined,
        values: { ...initialLimits.values, ...(item.values as Partial<LimitValues>) },
      }
    : initialLimits;

export const toOwnLimits = (item: Item | undefined): OwnLimits =>
  item ? { version: Number(item.version), values: item.values as Partial<LimitValues> } : noOwnLimits;

/**
 * What is in force on some desks, read consistently in one request: in force the moment it is written. `lagging`: for what
 * is shown and decides nothing.
 */
export const findLimitsOf = async (
  rt: Runtime,
  deskIds: readonly string[],
  how: { readonly lagging?: boolean } = {},
): Promise<(deskId: string) => Limits> => {
  const wanted = [...new Set(deskIds)];
  const items = await findItems(rt, [globalLimitsKey, ...wanted.map(ownLimitsKey)], how);
  const byPartition = new Map(items.map((item) => [item.pk, item]));
  const global = toGlobalLimits(byPartition.get(LIMITS));
  return (deskId) => {
    if (!wanted.includes(deskId)) throw new Error(`the limits of ${deskId} were not read`);
    return effectiveLimits(global, toOwnLimits(byPartition.get(ownLimitsKey(deskId).pk)));
  };
};

export const findLimits = async (
  rt: Runtime,
  deskId: string,
  how: { readonly lagging?: boolean } = {},
): Promise<Limits> => (await findLimitsOf(rt, [deskId], how))(deskId);

/** The values of both scopes; those of no desk without one. */
export const findScopes = async (
  rt: Runtime,
  deskId: string | undefined,
): Promise<{ global: GlobalLimits; own: OwnLimits }> => {
  const items = await findItems(rt, [globalLimitsKey, ...(deskId ? [ownLimitsKey(deskId)] : [])]);
  return {
    global: toGlobalLimits(items.find(({ pk }) => pk === LIMITS)),
    own: toOwnLimits(items.find(({ pk }) => pk !== LIMITS)),
  };
};

const pairKey = ({ alone, value }: NonNullable<ReturnType<typeof pairPlaceOf>>, deskId: string): Key => ({
  pk: PAIRS,
  sk: `${alone}#${padded(value)}#${deskId}`,
});

const nearest = async (rt: Runtime, alone: 'cap' | 'urgentCap') => {
  const query = { pk: PAIRS, beginsWith: `${alone}#`, limit: 1, descending: alone === 'urgentCap' };
  const [item] = (await queryPage(rt, query)).items;
  const [, value = '', deskId = ''] = item?.sk.split('#') ?? [];
  return item && { deskId, value: Number(value) };
};

/** Two requests, however many desks set a cap of their own. */
export const findPairGuard = async (rt: Runtime): Promise<PairGuard> => {
  const [lowestCap, highestUrgentCap] = await Promise.all([nearest(rt, 'cap'), nearest(rt, 'urgentCap')]);
  return { lowestCap, highestUrgentCap };
};

const pairWrites = (
  rt: Runtime,
  deskId: string,
  before: OwnLimits['values'],
  after: OwnLimits['values'],
): Write[] => {
  const [old, next] = [before, after].map((values) => {
    const place = pairPlaceOf(values);
    return place && pairKey(place, deskId);
  });
  if (old?.sk === next?.sk) return [];
  return [...(old ? [removeExisting(rt, old)] : []), ...(next ? [put(rt, { ...next })] : [])];
};

/** A desk's own values and its place among the pairs. Only with the sequence beside them: see `limitsWrites`. */
export const ownLimitsWrites = (
  rt: Runtime,
  deskId: string,
  { before, after }: { before: OwnLimits; after: OwnLimits },
): Write[] => [
  putNext(
    rt,
    { ...ownLimitsKey(deskId), version: after.version, values: { ...after.values } },
    before.version,
  ),
  ...pairWrites(rt, deskId, before.values, after.values),
];

/** One entry of the history: who changed what, and when. */
export interface LimitsChangeRecord {
  readonly version: number;
  readonly at: Instant;
  readonly actorId: string;
  readonly deskId?: string | undefined;
  readonly changes: readonly {
    readonly name: LimitName;
    readonly from: number | null;
    readonly to: number | null;
  }[];
}

/** What the scope's values are from the record's instant on, for whoever asks about the past. */
const snapshotItem = ({ deskId, at, version }: LimitsChangeRecord, values: Partial<LimitValues>): Item => ({
  pk: deskId ? ownLimitsKey(deskId).pk : LIMITS,
  sk: `${SNAPSHOT}${at}#${padded(version)}`,
  version,
  values: { ...values },
});

/**
 * A change of one scope. Every change takes the next number of the sequence: two that were judged on the same state do
 * not both pass, so a pair cannot be broken by two halves.
 */
export const limitsWrites = (
  rt: Runtime,
  seen: { global: GlobalLimits; own: OwnLimits },
  { record, values }: { record: LimitsChangeRecord; values: Partial<LimitValues> },
): Write[] => {
  const { deskId, version } = record;
  const { global, own } = seen;
  const current: Item = {
    ...globalLimitsKey,
    version,
    changedAt: record.at,
    valuesVersion: deskId ? global.version : version,
    values: deskId ? { ...global.values } : { ...values },
  };
  return [
    putNext(rt, current, global.sequence),
    ...(deskId ? ownLimitsWrites(rt, deskId, { before: own, after: { version, values } }) : []),
    putNew(rt, { pk: LIMITS, sk: `${limitsHistory.prefix}${padded(version)}`, ...record }),
    putNew(rt, snapshotItem(record, values)),
  ];
};

/** Changes of the registry, newest first. */
export const listLimitsHistory = async (
  rt: Runtime,
  { limit, after }: { limit: number; after?: Record<string, unknown> | undefined },
): Promise<Page<LimitsChangeRecord>> => {
  const page = await queryPage(rt, {
    pk: LIMITS,
    beginsWith: limitsHistory.prefix,
    limit,
    descending: true,
    ...(after && { after }),
  });
  return { ...page, items: page.items as unknown as LimitsChangeRecord[] };
};

const snapshotAt = async (rt: Runtime, pk: string, at: Instant): Promise<Item | undefined> => {
  const query = { pk, from: SNAPSHOT, to: `${SNAPSHOT}${at}~`, limit: 1, descending: true };
  return (await queryPage(rt, query)).items[0];
};

/** Both scopes as they stood at an instant, its own changes included. */
export const findScopesAt = async (
  rt: Runtime,
  deskId: string,
  at: Instant,
): Promise<{ global: GlobalLimits; own: OwnLimits }> => {
  const [global, own] = await Promise.all([
    snapshotAt(rt, LIMITS, at),
    snapshotAt(rt, ownLimitsKey(deskId).pk, at),
  ]);
  return {
    global: toGlobalLimits(global && { ...global, valuesVersion: global.version }),
    own: toOwnLimits(own),
  };
};
