import { instant } from '../../platform/clock.ts';
import { omittedOf, type Page } from '../../platform/http/pagination.ts';
import { pageAnswer, startAfter } from '../../platform/http/stored-list.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { getExecutor, listPresentExecutors } from '../core/executor-repository.ts';
import { findLimits } from '../core/limit-repository.ts';
import { executorOfEntry, rosterKey } from '../core/roster-entries.ts';
import { queryPage } from '../core/table.ts';
import { type ColleagueView, toColleagueView } from './colleague-view.ts';

/**
 * The others of an executor's home desk, in the order of its roster, those with room first: to whom a ticket can be passed
 * on. A page may be one short, since the caller is on the roster too. Throws `executor-not-found`, `invalid-cursor`.
 */
export const listColleagues = async (
  rt: Runtime,
  { executorId, limit, cursor }: { executorId: string; limit: number; cursor?: string | undefined },
): Promise<Page<ColleagueView>> => {
  const { executor } = await getExecutor(rt, executorId);
  const list = { name: `colleagues:${executor.homeDeskId}`, pk: rosterKey(executor.homeDeskId) };
  const after = startAfter(list, cursor);
  const [limits, page] = await Promise.all([
    findLimits(rt, executor.homeDeskId),
    queryPage(rt, { pk: list.pk, limit, ...(after && { after }) }),
  ]);
  const ids = page.items.map(({ sk }) => executorOfEntry(sk)).filter((id) => id !== executorId);
  const { items: present, omitted } = await listPresentExecutors(rt, ids);
  const at = instant(rt.clock.nowMs());
  const { nextCursor } = pageAnswer(list, page, () => undefined);
  const items = present.map((each) => toColleagueView(each, { limits, at }));
  return { items, nextCursor, ...omittedOf({ omitted }) };
};
