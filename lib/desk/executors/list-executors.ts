import { omittedOf, type Page } from '../../platform/http/pagination.ts';
import { pageAnswer, startAfter } from '../../platform/http/stored-list.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { getDesk } from '../core/desk-repository.ts';
import { executorOfEntry, rosterKey } from '../core/roster-entries.ts';
import { queryPage } from '../core/table.ts';
import { listExecutorSummaries } from './executor-summary-repository.ts';
import { type ExecutorView, toSummaryView } from './presence-view.ts';

/**
 * A desk's executors in the order of its roster: those with room first, each list by whose turn it is. Someone who
 * moves on the roster between two pages may be missed or seen twice. Throws `desk-not-found`, `invalid-cursor`.
 */
export const listExecutors = async (
  rt: Runtime,
  { deskId, limit, cursor }: { deskId: string; limit: number; cursor?: string | undefined },
): Promise<Page<ExecutorView>> => {
  const list = { name: `executors:${deskId}`, pk: rosterKey(deskId) };
  const after = startAfter(list, cursor);
  await getDesk(rt, deskId);
  const page = await queryPage(rt, { pk: list.pk, limit, ...(after && { after }) });
  const { items, omitted } = await listExecutorSummaries(
    rt,
    page.items.map(({ sk }) => executorOfEntry(sk)),
  );
  const { nextCursor } = pageAnswer(list, page, () => undefined);
  return { items: items.map(toSummaryView), nextCursor, ...omittedOf({ omitted }) };
};
