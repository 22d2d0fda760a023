import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { pageThenLast } from '../../platform/storage/page-then-last.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Desk, deskSchema, MAIN_DESK } from '../model.ts';
import type { Item, Page } from './table.ts';

const DESKS = 'DESKS';
/** The list of desks: one partition. */
export const deskList = { name: 'desks', pk: DESKS };

export const desks = defineEntity({
  table: 'desk',
  name: 'desk.desk',
  key: ({ id }: Pick<Desk, 'id'>) => ({ pk: DESKS, sk: id }),
  schema: deskSchema,
  inKey: { attributes: ['id'], read: ({ sk }) => ({ id: sk }) },
});

/** `main` exists from the start: until somebody edits it, it is this. */
export const mainDesk: Desk = { id: MAIN_DESK, name: 'Main desk', timeZone: 'UTC', version: 0 };

/** `lagging`: for what is shown and decides nothing. */
interface How {
  readonly lagging?: boolean;
}

export const findDesk = async (rt: Runtime, deskId: string, how: How = {}): Promise<Desk | undefined> =>
  (await desks.find(rt, { id: deskId }, how)) ?? (deskId === MAIN_DESK ? mainDesk : undefined);

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
    read: () => desks.page(rt, { pk: DESKS, to: LAST_OPENED, limit, after }),
    last: () => getDesk(rt, MAIN_DESK),
  });

/** Version 0 is the desk nobody wrote yet. */
export const deskWrite = (rt: Runtime, before: Desk | undefined, after: Desk): Write =>
  desks.next(rt, before, after);
