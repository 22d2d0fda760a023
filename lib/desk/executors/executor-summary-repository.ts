import type { Runtime } from '../../platform/runtime.ts';
import type { Readable } from '../../platform/storage/entity.ts';
import { type ExecutorItem, executorItems } from '../core/executor-items.ts';
import { beatsOf, readWithBeats, withHoldings } from '../core/executor-repository.ts';
import { setsOf, tallyOf, unpackedHoldings } from '../core/holdings.ts';
import type { PresenceBeat } from '../model.ts';
import { type ExecutorSummary, summarized } from './executor-summary.ts';

const summaryOf = (item: ExecutorItem, beat: PresenceBeat | undefined): ExecutorSummary => {
  const { executorId, name, homeDeskId, presence, rank, version, held } = item;
  const [open, openUrgent, parked] = held ?? tallyOf(setsOf([unpackedHoldings(item)]));
  return {
    id: executorId,
    name,
    homeDeskId,
    presence,
    rank,
    version,
    open,
    openUrgent,
    parked,
    lastBeatAt: beat?.lastBeatAt,
  };
};

/** Written before items held the size of their blocks. */
const isUnsaid = ({ blocks, held }: ExecutorItem): boolean => blocks !== undefined && held === undefined;

/**
 * Executors by id, in the requested order, in one request per fifty, however many tickets they hold; missing ones are left
 * out. `lagging`: for what is shown and decides nothing.
 */
export const listExecutorSummaries = async (
  rt: Runtime,
  ids: readonly string[],
  how: { readonly lagging?: boolean } = {},
): Promise<Readable<ExecutorSummary>> => {
  const read = await readWithBeats(rt, ids, how);
  const beats = beatsOf(rt, read.beats);
  const { items: executors, ...rest } = executorItems.readable(rt, read.executors);
  const counted = await withHoldings(rt, executors.filter(isUnsaid), how);
  const summaries = [
    ...executors.filter((item) => !isUnsaid(item)).map((item) => summaryOf(item, beats.get(item.executorId))),
    ...counted.map(({ executor }) => summarized(executor, beats.get(executor.id))),
  ];
  const found = new Map(summaries.map((each) => [each.id, each]));
  return { ...rest, items: ids.flatMap((id) => found.get(id) ?? []) };
};
