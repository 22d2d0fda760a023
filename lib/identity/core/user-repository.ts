import * as z from 'zod';
import type { Role } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';
import { isStaff, type User, userSchema } from '../model.ts';
import { type Key, type Page, put, queryPage, remove } from './table-repository.ts';
import { listsOf } from './user-roles.ts';

export const users = defineEntity({
  table: 'identity',
  name: 'identity.user',
  key: ({ id }: Pick<User, 'id'>) => ({ pk: `USER#${id}`, sk: 'USER' }),
  schema: userSchema,
});

/** Who is known by a phone, and whether they are locked: all that a request for a code has to know. */
const phoneOwnerSchema = lazily(() =>
  z.object({ phone: z.string(), userId: z.string(), locked: z.boolean().optional() }),
);
const PHONE = 'PHONE#';

export const phoneOwners = defineEntity({
  table: 'identity',
  name: 'identity.phone-owner',
  key: ({ phone }: { phone: string }) => ({ pk: PHONE + phone, sk: 'PHONE' }),
  schema: phoneOwnerSchema,
  inKey: { attributes: ['phone'], read: ({ pk }) => ({ phone: pk.slice(PHONE.length) }) },
});

export const listKey = (list: Role | 'staff'): string => `USERS#${list}`;

export const findUser = (rt: Runtime, userId: string): Promise<User | undefined> =>
  users.find(rt, { id: userId });

/** Throws `user-not-found`. */
export const getUser = (rt: Runtime, userId: string): Promise<User> =>
  users.get(rt, { id: userId }, () => new AppError('missing', 'user-not-found', 'There is no such user.'));

export const findUserByPhone = async (rt: Runtime, phone: string): Promise<User | undefined> => {
  const owner = await phoneOwners.find(rt, { phone });
  return owner && findUser(rt, owner.userId);
};

/** A page of a list of users, the newest first. */
export const listUsers = async (
  rt: Runtime,
  query: { list: Role | 'staff'; limit: number; after?: string | undefined },
): Promise<Page<User>> => {
  const page = await queryPage(rt, { pk: listKey(query.list), limit: query.limit, after: query.after });
  const ids = page.items.map(({ sk }) => sk);
  const found = await users.listByKeys(
    rt,
    ids.map((id) => ({ id })),
  );
  const byId = new Map(found.items.map((user) => [user.id, user]));
  return { ...page, ...found, items: ids.flatMap((id) => byId.get(id) ?? []) };
};

const listWrites = (rt: Runtime, before: User | undefined, after: User): Write[] => {
  const was = before ? listsOf(before, isStaff(before)) : [];
  const is = listsOf(after, isStaff(after));
  const key = (list: string): Key => ({ pk: `USERS#${list}`, sk: after.id });
  return [
    ...is.filter((list) => !was.includes(list)).map((list) => put(rt, key(list))),
    ...was.filter((list) => !is.includes(list)).map((list) => remove(rt, key(list))),
  ];
};

/** The user in the next version, with their phone and entries in the lists. A new user fails where the phone is taken. */
export const userWrites = (rt: Runtime, before: User | undefined, after: User): Write[] => {
  const owner = { phone: after.phone, userId: after.id, ...(after.locked && { locked: true }) };
  const lockMoved = Boolean(before?.locked) !== Boolean(after.locked);
  return [
    users.next(rt, before, after),
    ...(before === undefined
      ? [phoneOwners.putNew(rt, owner)]
      : lockMoved
        ? [phoneOwners.put(rt, owner)]
        : []),
    ...listWrites(rt, before, after),
  ];
};

/** Fails the transaction if the user has changed since it was read; writes nothing. */
export const userUnchanged = (rt: Runtime, user: User): Write => users.unchanged(rt, user);
