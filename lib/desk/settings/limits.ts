import type { Instant } from '../../platform/clock.ts';
import type { Limits, LimitValues } from '../model.ts';
import { type LimitName, limitNames, limitSettings } from './catalogue.ts';

/** The global values. `version` numbers the newest change of them, `sequence` the newest change anywhere. */
export interface GlobalLimits {
  readonly version: number;
  readonly sequence: number;
  /** Of the newest change anywhere. */
  readonly changedAt?: Instant | undefined;
  readonly values: LimitValues;
}

/** What one desk has set itself. */
export interface OwnLimits {
  readonly version: number;
  readonly values: Partial<LimitValues>;
}

/** Until somebody edits it, the registry is what we ship. */
export const initialLimits: GlobalLimits = {
  version: 0,
  sequence: 0,
  values: Object.fromEntries(limitNames.map((name) => [name, limitSettings[name].initial])) as LimitValues,
};

export const noOwnLimits: OwnLimits = { version: 0, values: {} };

/** What is in force for a desk: its own value where it has one, else the global one. */
export const effectiveLimits = (global: GlobalLimits, own: OwnLimits = noOwnLimits): Limits => ({
  ...global.values,
  ...own.values,
  version: Math.max(global.version, own.version),
});

export interface LimitsChange {
  /** Undefined changes the global values. */
  readonly deskId?: string;
  /** Null takes a desk's own value away. */
  readonly values: Partial<Record<LimitName, number | null>>;
}

interface NearestPair {
  readonly deskId: string;
  readonly value: number;
}

/**
 * Of all desks that set one of the two caps alone, those whose pair a global change would break first. A desk that sets
 * both, or neither, is in nobody's way, so these two stand for any number of desks.
 */
export interface PairGuard {
  /** The lowest cap among desks whose urgent cap is the global one. */
  readonly lowestCap?: NearestPair | undefined;
  /** The highest urgent cap among desks whose cap is the global one. */
  readonly highestUrgentCap?: NearestPair | undefined;
}

/** Where a desk stands among those that set one cap alone; undefined for all others. */
export const pairPlaceOf = (
  values: OwnLimits['values'],
): { readonly alone: 'cap' | 'urgentCap'; readonly value: number } | undefined => {
  const { maxTicketsPerExecutor: cap, maxUrgentTicketsPerExecutor: urgentCap } = values;
  if (cap !== undefined && urgentCap === undefined) return { alone: 'cap', value: cap };
  return cap === undefined && urgentCap !== undefined ? { alone: 'urgentCap', value: urgentCap } : undefined;
};

/** All a change is judged by, read under one version of the sequence. */
export interface SeenLimits {
  readonly global: GlobalLimits;
  /** Of the desk that is changed. */
  readonly own: OwnLimits;
  readonly guard: PairGuard;
}

export type LimitsDecision<Values = Partial<LimitValues>> =
  /** The scope's values afterwards. */
  | { readonly kind: 'changed'; readonly values: Values }
  | { readonly kind: 'unchanged' }
  /** The urgent cap would pass the cap: globally (`deskId` undefined) or on the named desk. */
  | { readonly kind: 'broken-pair'; readonly deskId: string | undefined };

const merge = (before: Partial<LimitValues>, values: LimitsChange['values']): Partial<LimitValues> => {
  const merged = { ...before, ...values };
  return Object.fromEntries(
    limitNames.flatMap((name) =>
      merged[name] === null || merged[name] === undefined ? [] : [[name, merged[name]]],
    ),
  );
};

const pairHolds = (values: LimitValues): boolean =>
  values.maxUrgentTicketsPerExecutor <= values.maxTicketsPerExecutor;

const same = (before: Partial<LimitValues>, after: Partial<LimitValues>): boolean =>
  limitNames.every((name) => before[name] === after[name]);

/** The desk whose pair would not hold under these global values. */
const brokenDesk = (next: LimitValues, { lowestCap, highestUrgentCap }: PairGuard): string | undefined => {
  if (lowestCap && next.maxUrgentTicketsPerExecutor > lowestCap.value) return lowestCap.deskId;
  return highestUrgentCap && highestUrgentCap.value > next.maxTicketsPerExecutor
    ? highestUrgentCap.deskId
    : undefined;
};

const changeGlobal = (
  { global, guard }: SeenLimits,
  values: LimitsChange['values'],
): LimitsDecision<LimitValues> => {
  const next = { ...global.values, ...merge(global.values, values) };
  if (!pairHolds(next)) return { kind: 'broken-pair', deskId: undefined };
  const deskId = brokenDesk(next, guard);
  if (deskId) return { kind: 'broken-pair', deskId };
  return same(global.values, next) ? { kind: 'unchanged' } : { kind: 'changed', values: next };
};

/** Changes one scope if every effective pair, global and of each desk, still holds (R-DESK-01). */
export const changeLimits = (seen: SeenLimits, { deskId, values }: LimitsChange): LimitsDecision => {
  if (deskId === undefined) return changeGlobal(seen, values);
  const next = merge(seen.own.values, values);
  if (!pairHolds({ ...seen.global.values, ...next })) return { kind: 'broken-pair', deskId };
  return same(seen.own.values, next) ? { kind: 'unchanged' } : { kind: 'changed', values: next };
};
