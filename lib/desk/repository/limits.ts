import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { LimitName, Limits, LimitsRegistry } from '../model.ts';
import { effectiveLimits, initialLimits } from '../settings/limits.ts';
import { findItem, type Item, type Key, type Page, padded, putNew, putVersion, queryPage } from './table.ts';

const LIMITS = 'LIMITS';

/** The one item of the registry: read together with other things where a request counts. */
export const limitsKey: Key = { pk: LIMITS, sk: 'CURRENT' };

/** The history of changes: the rest of the partition. */
export const limitsHistory = { name: 'limits-history', pk: LIMITS, prefix: 'HISTORY#' };

/** Until somebody edits it, the registry is what we ship. */
export const toRegistry = (item: Item | undefined): LimitsRegistry =>
  item ? (item.registry as LimitsRegistry) : initialLimits;

/** The registry, read consistently: in force everywhere the moment it is written. */
export const findLimits = async (rt: Runtime): Promise<LimitsRegistry> => {
  const item = await findItem(rt, limitsKey);
  return toRegistry(item);
};

export const getDeskLimits = async (rt: Runtime, deskId: string): Promise<Limits> =>
  effectiveLimits(await findLimits(rt), deskId);

/** One entry of the history: who changed what, when, and the registry that came of it. */
export interface LimitsChangeRecord {
  readonly version: number;
  readonly at: string;
  readonly actorId: string;
  readonly deskId?: string | undefined;
  readonly changes: readonly {
    readonly name: LimitName;
    readonly from: number | null;
    readonly to: number | null;
  }[];
  readonly registry: LimitsRegistry;
}

export const limitsWrites = (rt: Runtime, before: LimitsRegistry, record: LimitsChangeRecord): Write[] => {
  const item: Item = { ...limitsKey, version: record.version, registry: record.registry };
  const history: Item = { pk: LIMITS, sk: `${limitsHistory.prefix}${padded(record.version)}`, ...record };
  return [
    before.version === 0 ? putNew(rt, item) : putVersion(rt, item, before.version),
    putNew(rt, history),
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
