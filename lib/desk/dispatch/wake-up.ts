import type { Runtime } from '../../platform/runtime.ts';
import { listDesks } from '../core/desk-repository.ts';
import type { Item } from '../core/table.ts';
import type { DeskChoice } from '../events.ts';

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

/** The desks that a change is about: several, or all after one of the global limits. */
export const desksOf = async (rt: Runtime, { deskIds }: DeskChoice): Promise<readonly string[]> =>
  deskIds === 'all' ? allDeskIds(rt) : deskIds;
