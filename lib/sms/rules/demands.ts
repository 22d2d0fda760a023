// @pure

import { instant } from '../../platform/clock.ts';
import type { Caps, EntityDemands, LegalEntity } from '../core/registry-model.ts';
import type { SmsCategory } from '../model.ts';
import { changedEntity, type EntityChange } from './entity-change.ts';
import { isWithin, looserCaps, PERIODS } from './strictness.ts';
import { bothHours } from './windows.ts';

/** What an entity demands of its own messages; everything else of it says nothing about what may be sent. */
export const DEMANDS = [
  'country',
  'window',
  'windowForTransactional',
  'limits',
  'presets',
  'stopWords',
] as const satisfies readonly (keyof EntityDemands)[];
export type Demand = (typeof DEMANDS)[number];

type ByCategory<Value> = Readonly<Partial<Record<SmsCategory, Value>>>;

const categoriesOf = (...both: readonly ByCategory<unknown>[]): SmsCategory[] => [
  ...new Set(both.flatMap((each) => Object.keys(each) as SmsCategory[])),
];

const lacks = (after: readonly string[] = [], before: readonly string[] = []): boolean =>
  before.some((each) => !after.includes(each));

const union = (a: readonly string[] = [], b: readonly string[] = []): readonly string[] => [
  ...new Set([...a, ...b]),
];

const lowerCaps = (a: Caps = {}, b: Caps = {}): Caps =>
  Object.fromEntries(
    PERIODS.flatMap((period) => {
      const said = [a[period], b[period]].flatMap((cap) => cap ?? []);
      return said.length > 0 ? [[period, Math.min(...said)]] : [];
    }),
  );

/** How one demand is compared, and what two of them both allow. */
interface Comparison {
  isLooser(before: EntityDemands, after: EntityDemands): boolean;
  both(before: EntityDemands, after: EntityDemands): Partial<EntityDemands>;
}

/**
 * No order lies in a country: it says whose numbers callers mean and where keys may send, so another one is looser, and until it
 * comes the one before holds.
 */
const country: Comparison = {
  isLooser: (before, after) => before.country !== after.country,
  both: (before) => ({ country: before.country }),
};

/** Hours that have none in common: those before hold. */
const window: Comparison = {
  isLooser: (before, after) =>
    before.window !== undefined && (after.window === undefined || !isWithin(after.window, before.window)),
  both: (before, after) => {
    const hours = after.window && before.window ? bothHours(after.window, before.window) : undefined;
    const held = hours ?? before.window ?? after.window;
    return held ? { window: held } : {};
  },
};

const windowForTransactional: Comparison = {
  isLooser: (before, after) => before.windowForTransactional && !after.windowForTransactional,
  both: (before, after) => ({
    windowForTransactional: before.windowForTransactional || after.windowForTransactional,
  }),
};

const limits: Comparison = {
  isLooser: ({ limits: before }, { limits: after }) =>
    categoriesOf(before).some((category) => looserCaps(before[category], after[category])),
  both: ({ limits: before }, { limits: after }) => ({
    limits: Object.fromEntries(
      categoriesOf(before, after).map((category) => [category, lowerCaps(before[category], after[category])]),
    ),
  }),
};

const presets: Comparison = {
  isLooser: ({ presets: before }, { presets: after }) =>
    categoriesOf(before).some((category) => lacks(after[category], before[category])),
  both: ({ presets: before }, { presets: after }) => ({
    presets: Object.fromEntries(
      categoriesOf(before, after).map((category) => [category, union(before[category], after[category])]),
    ),
  }),
};

const stopWords: Comparison = {
  isLooser: (before, after) => lacks(after.stopWords, before.stopWords),
  both: (before, after) => ({ stopWords: union(before.stopWords, after.stopWords) }),
};

const comparisons: Readonly<Record<Demand, Comparison>> = {
  country,
  window,
  windowForTransactional,
  limits,
  presets,
  stopWords,
};

/** In what an entity would be looser than it is; empty: in nothing. What it allows then, it allowed before as well (R-SMS-06). */
export const looserDemands = (before: EntityDemands, after: EntityDemands): readonly Demand[] =>
  DEMANDS.filter((demand) => comparisons[demand].isLooser(before, after));

type Pending = NonNullable<LegalEntity['next']>;

const isDue = ({ from }: Pending, nowMs: number): boolean => from <= instant(nowMs).slice(0, 10);

/** An entity as it is in force: a looser value whose date has come has replaced the one before. */
export const demandsInForce = (entity: LegalEntity, nowMs: number): LegalEntity => {
  const { next, ...today } = entity;
  if (!next || !isDue(next, nowMs)) return entity;
  const { from: _from, ...demands } = next;
  return changedEntity(today, demands);
};

const without = (pending: Pending | undefined, names: readonly string[]): Partial<Pending> =>
  Object.fromEntries(Object.entries(pending ?? {}).filter(([name]) => !names.includes(name)));

/**
 * An entity after an edit: what is stricter or says nothing about sending at once; what is looser from `from` on, and until then what
 * both allow. What still waits from an earlier edit goes on waiting, unless this one says it anew.
 */
export const edited = (
  before: LegalEntity,
  change: EntityChange,
  from: string,
): { readonly after: LegalEntity; readonly looser: readonly Demand[] } => {
  const requested = changedEntity(before, change);
  const looser = looserDemands(before, requested);
  const given = Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const next = {
    ...without(before.next, given),
    ...Object.fromEntries(looser.map((demand) => [demand, requested[demand] ?? null])),
    ...(looser.length > 0 && { from }),
  };
  const held = Object.assign({}, ...looser.map((demand) => comparisons[demand].both(before, requested)));
  const { next: _next, ...today } = { ...requested, ...held };
  return { looser, after: { ...today, ...(Object.keys(next).length > 1 && { next }) } };
};
