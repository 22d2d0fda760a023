import { ROLES } from '../../platform/caller.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { listUsers } from '../core/user-repository.ts';
import { userFact } from '../events.ts';

const PAGE = 50;

/**
 * Sends the fact of every account again, as it is now; answers how many accounts that were. Somebody with several roles
 * is told of once a role. Idempotent: the fact carries the account's version.
 */
export const announcePeople = async (rt: Runtime): Promise<number> => {
  const told = new Set<string>();
  for (const list of ROLES) {
    let after: string | undefined;
    do {
      const page = await listUsers(rt, { list, limit: PAGE, after });
      const news = page.items.filter(({ id }) => !told.has(id));
      if (news.length > 0) await commit(rt, { writes: [], events: news.map(userFact) });
      for (const { id } of news) told.add(id);
      after = page.next;
    } while (after);
  }
  return told.size;
};
