import type { Runtime } from '../../platform/runtime.ts';
import { type ExecutorSummary, summarized } from '../executors/executor-summary.ts';
import type { Presence, PresenceBeat } from '../model.ts';
import { beatKey, executorKey, toBeat, withHoldings } from './executors.ts';
import { type HeldTally, setsOf, tallyOf, unpackedHoldings } from './holdings.ts';
import { findItems, type Item } from './table.ts';

const summaryOf = (item: Item, beat: PresenceBeat | undefined): ExecutorSummary => {
  const { executorId, name, homeDeskId, presence, rank, version, held } = item;
  const [open, openUrgent, parked] =
    (held as HeldTally | undefined) ?? tallyOf(setsOf([unpackedHoldings(item)]));
  return {
    id: String(executorId),
    name: String(name),
    homeDeskId: String(homeDeskId),
    presence: presence as Presence,
    rank: Number(rank),
    version: Number(version),
    open,
    openUrgent,
    parked,
    lastBeatAt: beat?.lastBeatAt,
  };
};

/** Written before items said how much stands in their blocks. */
const isUnsaid = ({ blocks, held }: Item): boolean => blocks !== undefined && held === undefined;

/**
 * Executors by id, in the order asked for, in one request a fifty, however many tickets they hold; missing ones are left
 * out. `lagging`: for what is shown and decides nothing.
 */
export const listExecutorSummaries = async (
  rt: Runtime,
  ids: readonly string[],
  how: { readonly lagging?: boolean } = {},
): Promise<ExecutorSummary[]> => {
  const keys = [...new Set(ids)].flatMap((id) => [executorKey(id), beatKey(id)]);
  const items = await findItems(rt, keys, how);
  const of = (sk: string) => items.filter((item) => item.sk === sk);
  const beats = new Map(of('PRESENCE').map((item) => [item.pk, toBeat(item)]));
  const executors = of('EXECUTOR');
  const counted = await withHoldings(rt, executors.filter(isUnsaid), how);
  const summaries = [
    ...executors.filter((item) => !isUnsaid(item)).map((item) => summaryOf(item, beats.get(item.pk))),
    ...counted.map(({ executor }) => summarized(executor, beats.get(executorKey(executor.id).pk))),
  ];
  const found = new Map(summaries.map((each) => [each.id, each]));
  return ids.flatMap((id) => found.get(id) ?? []);
};
