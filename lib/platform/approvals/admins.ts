import { instant } from '../clock.ts';
import type { Runtime } from '../runtime.ts';
import { defineEntity } from '../storage/entity.ts';
import type { Write } from '../storage/write.ts';
import { type Holders, holdersSchema } from './model.ts';
import { holdersWith } from './proposal-states.ts';

/** Few, so one item holds them, and the last one cannot be lost. It is kept in the table `access`, which only its module writes. */
export const adminsEntity = defineEntity({
  table: 'access',
  name: 'access.admins',
  key: (_one: object) => ({ pk: 'ADMINS', sk: 'ADMINS' }),
  schema: holdersSchema,
});

/** Ids of all who can act as admins: accounts that have the role and are not locked. */
export const findAdmins = async (rt: Runtime): Promise<Holders> =>
  (await adminsEntity.find(rt, {})) ?? { ids: [], version: 0 };

export const adminsWrite = (rt: Runtime, before: Holders, ids: readonly string[]): Write =>
  adminsEntity.next(rt, before, holdersWith(before, ids, instant(rt.clock.nowMs())));

/** Holds a transaction to the admins as they were read. */
export const adminsUnchanged = (rt: Runtime, holders: Holders): Write => adminsEntity.unchanged(rt, holders);
