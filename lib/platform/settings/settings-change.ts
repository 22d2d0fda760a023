// @pure

import type { GlobalSettings, OwnSettings, Settings } from './define-settings.ts';

/** What is not named stays. Null takes a scope's own value away. */
export type ChangedValues<V> = { readonly [Name in keyof V]?: V[Name] | null | undefined };

export interface SettingsChange<V> {
  /** Undefined changes everybody's values. */
  readonly scopeId?: string | undefined;
  readonly values: ChangedValues<V>;
}

interface Nearest {
  readonly scopeId: string;
  readonly value: number;
}

/**
 * Of all scopes that set one of a pair alone, those whose pair a change of everybody's values would break first. A scope that
 * sets both, or neither, restricts nothing, so these two represent any number of scopes.
 */
export interface PairGuard {
  readonly lowestHigh?: Nearest | undefined;
  readonly highestLow?: Nearest | undefined;
}

/** All a change is checked by, read under one version of the sequence. */
export interface SeenSettings<V> {
  readonly global: GlobalSettings<V>;
  /** Of the scope that is changed. */
  readonly own: OwnSettings<V>;
  /** By pair, in the order they are declared. */
  readonly guards: readonly PairGuard[];
}

type Pair = readonly [low: string, high: string];

export type SettingsDecision<V> =
  /** The scope's values afterwards. */
  | { readonly kind: 'changed'; readonly values: Partial<V> }
  | { readonly kind: 'unchanged' }
  /** In force for everybody (`scopeId` undefined) or for that scope the first would pass the second. */
  | { readonly kind: 'broken-pair'; readonly pair: Pair; readonly scopeId: string | undefined };

/** What a scope sets alone of a pair, and so must be checked when the global value of the other changes. */
export const setAlone = (
  [low, high]: Pair,
  values: object,
): { readonly name: string; readonly value: number } | undefined => {
  const own = values as Readonly<Record<string, unknown>>;
  const alone = own[low] === undefined ? high : low;
  const other = alone === low ? high : low;
  const value = own[alone];
  return typeof value === 'number' && own[other] === undefined ? { name: alone, value } : undefined;
};

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Old and new values of a scope, null where it has none. */
export const differences = (names: readonly string[], before: object, after: object) => {
  const [old, next] = [before, after] as Readonly<Record<string, unknown>>[];
  return names
    .map((name) => ({ name, from: old?.[name] ?? null, to: next?.[name] ?? null }))
    .filter(({ from, to }) => !same(from, to));
};

const merged = <V>(before: Partial<V>, values: ChangedValues<V>, scoped: boolean): Partial<V> => {
  const after: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(values)) {
    if (scoped && value === null) delete after[name];
    else if (value !== undefined) after[name] = value;
  }
  return after as Partial<V>;
};

const numberAt = (values: object, name: string): number =>
  Number((values as Readonly<Record<string, unknown>>)[name]);

const holds = ([low, high]: Pair, values: object): boolean => numberAt(values, low) <= numberAt(values, high);

/** The scope whose pair would not hold under these values of everybody. */
const brokenScope = (
  [low, high]: Pair,
  next: object,
  { lowestHigh, highestLow }: PairGuard = {},
): string | undefined => {
  if (lowestHigh && numberAt(next, low) > lowestHigh.value) return lowestHigh.scopeId;
  return highestLow && highestLow.value > numberAt(next, high) ? highestLow.scopeId : undefined;
};

/** Changes one scope if every pair in force, everybody's and of each scope, still holds (R-DESK-01). */
export const changeSettings = <V>(
  { names, pairs }: Pick<Settings<V>, 'names' | 'pairs'>,
  { global, own, guards }: SeenSettings<V>,
  { scopeId, values }: SettingsChange<V>,
): SettingsDecision<V> => {
  const before: Partial<V> = scopeId === undefined ? global.values : own.values;
  const after = merged(before, values, scopeId !== undefined);
  const inForce = { ...global.values, ...after };
  for (const [place, pair] of pairs.entries()) {
    if (!holds(pair, inForce)) return { kind: 'broken-pair', pair, scopeId };
    const broken = scopeId === undefined ? brokenScope(pair, inForce, guards[place]) : undefined;
    if (broken !== undefined) return { kind: 'broken-pair', pair, scopeId: broken };
  }
  return differences(names, before, after).length === 0
    ? { kind: 'unchanged' }
    : { kind: 'changed', values: after };
};
