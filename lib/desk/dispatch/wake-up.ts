import type * as z from 'zod';
import type { Runtime } from '../../platform/runtime.ts';
import type { wakeUp } from '../events.ts';
import { listDesks } from '../repository/desks.ts';
import type { Item } from '../repository/table.ts';

const PAGE = 100;

/** Ids of all desks, `main` among them. */
export const allDeskIds = async (rt: Runtime): Promise<string[]> => {
  const ids: string[] = [];
  let after: Item | undefined;
  do {
    const page = await listDesks(rt, { limit: PAGE, after });
    ids.push(...page.items.map((desk) => desk.id));
    after = page.next;
  } while (after);
  return ids;
};

/** The desks a wake-up is for: one, several, or all after a change of the global limits. */
export const desksOf = async (rt: Runtime, data: z.infer<typeof wakeUp>): Promise<readonly string[]> => {
  if ('deskId' in data) return [data.deskId];
  return data.deskIds === 'all' ? allDeskIds(rt) : data.deskIds;
};
