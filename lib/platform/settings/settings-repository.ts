import * as z from 'zod';
import type { Instant } from '../clock.ts';
import type { Runtime } from '../runtime.ts';
import { defineEntity } from '../storage/entity.ts';
import { type Item, type ItemKey, itemsOf } from '../storage/items.ts';
import type { ReadonlyDeep } from '../storage/stored-schema.ts';
import { lazily } from '../storage/stored-schema.ts';
import type { Write } from '../storage/write.ts';
import type { GlobalSettings, OwnSettings, Settings } from './define-settings.ts';
import { type PairGuard, setAlone } from './settings-change.ts';

const HISTORY = 'HISTORY#';
const SNAPSHOT = 'AT#';
const PAD = 12;
const padded = (n: number): string => String(n).padStart(PAD, '0');

export interface Scopes<V> {
  readonly global: GlobalSettings<V>;
  readonly own: OwnSettings<V>;
}

/** What a repository needs to know of a set, whatever its values are. */
export type Named = Pick<Settings<unknown>, 'name' | 'table' | 'key'>;

/** One entry of the history: who changed what, and when. */
const recordSchema = lazily(() =>
  z.object({
    version: z.int(),
    at: z.string(),
    actorId: z.string(),
    scopeId: z.string().optional(),
    reason: z.string().optional(),
    changes: z.array(z.object({ name: z.string(), from: z.unknown(), to: z.unknown() })),
  }),
);
export type SettingsRecord = ReadonlyDeep<z.infer<ReturnType<typeof recordSchema>>>;

/** The history of one set. */
export const recordsOf = ({ table, key }: Named) => {
  const records = defineEntity({
    table,
    name: 'platform.settings-record',
    schema: () => recordSchema(),
    key: ({ version }: Pick<SettingsRecord, 'version'>) => ({
      pk: key().pk,
      sk: `${HISTORY}${padded(version)}`,
    }),
  });
  return records;
};

/** Everybody's values and those of one scope, read consistently in one request; none of its own without a scope. */
export const findSettings = async <V>(
  rt: Runtime,
  settings: Settings<V>,
  scopeId?: string,
): Promise<Scopes<V>> => {
  const keys = [settings.key(), ...(scopeId === undefined ? [] : [settings.key(scopeId)])];
  const items = await itemsOf(settings.table).findAll(rt, keys);
  const itemAt = (key: ItemKey | undefined) => items.find(({ pk }) => pk === key?.pk);
  return {
    global: settings.toGlobal(itemAt(keys[0]), rt.log),
    own: settings.toOwn(itemAt(keys[1]), rt.log),
  };
};

const pairsPk = ({ name }: Named): string => `SETTINGS-PAIRS#${name}`;

const nearest = async (rt: Runtime, settings: Named, [name, side]: [string, 'lowest' | 'highest']) => {
  const range = { beginsWith: `${name}#`, limit: 1, descending: side === 'highest' };
  const [item] = (await itemsOf(settings.table).page(rt, { pk: pairsPk(settings), ...range })).items;
  const [, value = '', scopeId = ''] = item?.sk.split('#') ?? [];
  return item && { scopeId, value: Number(value) };
};

/** Two requests a pair, however many scopes set values of their own. */
export const findPairGuards = <V>(rt: Runtime, settings: Settings<V>): Promise<PairGuard[]> =>
  Promise.all(
    settings.pairs.map(async ([low, high]) => {
      const [lowestHigh, highestLow] = await Promise.all([
        nearest(rt, settings, [high, 'lowest']),
        nearest(rt, settings, [low, 'highest']),
      ]);
      return { lowestHigh, highestLow };
    }),
  );

const pairWrites = <V>(
  rt: Runtime,
  settings: Settings<V>,
  scopeId: string,
  [before, after]: readonly [OwnSettings<V>, OwnSettings<V>],
): Write[] => {
  const items = itemsOf(settings.table);
  return settings.pairs.flatMap((pair) => {
    const [old, next] = [before, after].map(({ values }) => {
      const alone = setAlone(pair, values);
      return alone && { pk: pairsPk(settings), sk: `${alone.name}#${padded(alone.value)}#${scopeId}` };
    });
    if (old?.sk === next?.sk) return [];
    return [...(old ? [items.removeExisting(rt, old)] : []), ...(next ? [items.put(rt, next)] : [])];
  });
};

/** A scope's own values and its entry among the pairs. Only with the sequence beside them: see `settingsWrites`. */
export const ownSettingsWrites = <V>(
  rt: Runtime,
  settings: Settings<V>,
  scopeId: string,
  [before, after]: readonly [OwnSettings<V>, OwnSettings<V>],
): Write[] => {
  const item: Item = { ...settings.key(scopeId), version: after.version, values: { ...after.values } };
  return [
    itemsOf(settings.table).putNext(rt, item, before.version),
    ...pairWrites(rt, settings, scopeId, [before, after]),
  ];
};

/**
 * A change of one scope. Every change takes the next number of the sequence: two that were checked on the same state do
 * not both pass, so a pair cannot be broken by two halves.
 */
export const settingsWrites = <V>(
  rt: Runtime,
  settings: Settings<V>,
  { global, own }: Scopes<V>,
  change: Pick<SettingsRecord, 'version' | 'at' | 'scopeId'> & { readonly values: Partial<V> },
): Write[] => {
  const items = itemsOf(settings.table);
  const { scopeId, version, at, values } = change;
  const current: Item = {
    ...settings.key(),
    version,
    changedAt: at,
    valuesVersion: scopeId === undefined ? version : global.version,
    values: scopeId === undefined ? { ...values } : { ...global.values },
  };
  // What the scope's values are from this instant on, for reads of the past.
  const snapshot: Item = {
    ...settings.key(scopeId),
    sk: `${SNAPSHOT}${at}#${padded(version)}`,
    version,
    values: { ...values },
  };
  return [
    items.putNext(rt, current, global.sequence),
    ...(scopeId === undefined ? [] : ownSettingsWrites(rt, settings, scopeId, [own, { version, values }])),
    items.putNew(rt, snapshot),
  ];
};

/** The key of the changes: the rest of the partition of the global values. */
export const historyList = (settings: Named) => ({
  name: `${settings.name}-history`,
  pk: settings.key().pk,
  prefix: HISTORY,
});

/** Changes of all scopes, newest first. */
export const listHistory = (
  rt: Runtime,
  settings: Named,
  { limit, after }: { limit: number; after?: Item | undefined },
) => {
  const { pk, prefix } = historyList(settings);
  return recordsOf(settings).page(rt, { pk, beginsWith: prefix, limit, descending: true, after });
};

/** Both scopes as of an instant, changes made at it included. */
export const findSettingsAt = async <V>(
  rt: Runtime,
  settings: Settings<V>,
  { scopeId, at }: { scopeId: string; at: Instant },
): Promise<Scopes<V>> => {
  const range = { from: SNAPSHOT, to: `${SNAPSHOT}${at}~`, limit: 1, descending: true };
  const snapshotOf = async ({ pk }: ItemKey) =>
    (await itemsOf(settings.table).page(rt, { pk, ...range })).items[0];
  const [global, own] = await Promise.all([snapshotOf(settings.key()), snapshotOf(settings.key(scopeId))]);
  return {
    global: settings.toGlobal(global && { ...global, valuesVersion: global.version }, rt.log),
    own: settings.toOwn(own, rt.log),
  };
};
