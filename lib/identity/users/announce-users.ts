import { ROLES } from '../../platform/caller.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { listUsers } from '../core/user-repository.ts';
import { userFact } from '../events.ts';

const PAGE = 50;

/**
 * Publishes the event of every user again, as they are now; answers how many users that were. A user with several roles is
 * published once. Idempotent: the event carries the user's version.
 */
export const announceUsers = async (rt: Runtime): Promise<number> => {
  const sent = new Set<string>();
  for (const list of ROLES) {
    let after: string | undefined;
    do {
      const page = await listUsers(rt, { list, limit: PAGE, after });
      const news = page.items.filter(({ id }) => !sent.has(id));
      if (news.length > 0) await commit(rt, { writes: [], events: news.map(userFact) });
      for (const { id } of news) sent.add(id);
      after = page.next;
    } while (after);
  }
  return sent.size;
};
