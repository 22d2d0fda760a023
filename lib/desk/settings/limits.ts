import {
  type LimitName,
  type Limits,
  type LimitsRegistry,
  type LimitValues,
  limitNames,
  limitRanges,
} from '../model.ts';

export const initialLimits: LimitsRegistry = {
  version: 0,
  global: Object.fromEntries(limitNames.map((name) => [name, limitRanges[name].initial])) as LimitValues,
  desks: {},
};

/** What is in force for a desk: its own value where it has one, else the global one. */
export const effectiveLimits = (registry: LimitsRegistry, deskId: string): Limits => ({
  ...registry.global,
  ...registry.desks[deskId],
  version: registry.version,
});

export interface LimitsChange {
  /** Undefined changes the global values. */
  readonly deskId?: string;
  /** Null takes a desk's own value away. */
  readonly values: Partial<Record<LimitName, number | null>>;
}

export type LimitsDecision =
  | { readonly kind: 'changed'; readonly registry: LimitsRegistry }
  | { readonly kind: 'unchanged' }
  /** The urgent cap would pass the cap: globally (`deskId` undefined) or on the named desk. */
  | { readonly kind: 'broken-pair'; readonly deskId: string | undefined };

const merge = (before: Partial<LimitValues>, values: LimitsChange['values']): Partial<LimitValues> => {
  const merged = { ...before, ...values };
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== null && value !== undefined),
  );
};

const pairHolds = (values: LimitValues): boolean =>
  values.maxUrgentTicketsPerExecutor <= values.maxTicketsPerExecutor;

/** Changes the registry if every effective pair, global and of each desk, still holds (R-DESK-01). */
export const changeLimits = (registry: LimitsRegistry, change: LimitsChange): LimitsDecision => {
  const { deskId, values } = change;
  const next: LimitsRegistry = deskId
    ? { ...registry, desks: { ...registry.desks, [deskId]: merge(registry.desks[deskId] ?? {}, values) } }
    : { ...registry, global: merge(registry.global, values) as LimitValues };
  if (!pairHolds(next.global)) return { kind: 'broken-pair', deskId: undefined };
  const broken = Object.keys(next.desks).find((desk) => !pairHolds(effectiveLimits(next, desk)));
  if (broken) return { kind: 'broken-pair', deskId: broken };
  const same = JSON.stringify(next) === JSON.stringify(registry);
  return same
    ? { kind: 'unchanged' }
    : { kind: 'changed', registry: { ...next, version: registry.version + 1 } };
};
