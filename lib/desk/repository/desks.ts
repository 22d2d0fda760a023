import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { pageThenLast } from '../../platform/storage/page-then-last.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Desk, MAIN_DESK } from '../model.ts';
import { findItem, type Item, type Page, putNew, putVersion, queryPage } from './table.ts';

const DESKS = 'DESKS';
/** The list of desks: one partition. */
export const deskList = { name: 'desks', pk: DESKS };

const key = (deskId: string) => ({ pk: DESKS, sk: deskId });

/** `main` exists from the start: until somebody edits it, it is this. */
export const mainDesk: Desk = { id: MAIN_DESK, name: 'Main desk', timeZone: 'UTC', version: 0 };

const fromItem = (item: Item): Desk => ({
  id: item.sk,
  name: String(item.name),
  timeZone: String(item.timeZone),
  version: Number(item.version),
});

/** `lagging`: for what is shown and decides nothing. */
interface How {
  readonly lagging?: boolean;
}

export const findDesk = async (rt: Runtime, deskId: string, how: How = {}): Promise<Desk | undefined> => {
  const item = await findItem(rt, key(deskId), how);
  return item ? fromItem(item) : deskId === MAIN_DESK ? mainDesk : undefined;
};

export const getDesk = async (rt: Runtime, deskId: string, how: How = {}): Promise<Desk> => {
  const desk = await findDesk(rt, deskId, how);
  if (!desk) throw new AppError('missing', 'desk-not-found', 'there is no such desk');
  return desk;
};

/** Behind the id of every desk that was opened, before `main`. */
const LAST_OPENED = 'dsk_z';

/** Desks in order of opening, and `main` behind them all, written or not. */
export const listDesks = (
  rt: Runtime,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<Desk>> =>
  pageThenLast({
    pk: DESKS,
    end: LAST_OPENED,
    limit,
    read: async () => {
      const page = await queryPage(rt, { pk: DESKS, to: LAST_OPENED, limit, after });
      return { ...page, items: page.items.map(fromItem) };
    },
    last: () => getDesk(rt, MAIN_DESK),
  });

/** Version 0 is the desk nobody wrote yet. */
export const deskWrite = (rt: Runtime, before: Desk | undefined, after: Desk): Write => {
  const item: Item = { ...key(after.id), name: after.name, timeZone: after.timeZone, version: after.version };
  return before && before.version > 0 ? putVersion(rt, item, before.version) : putNew(rt, item);
};
