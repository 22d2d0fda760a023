import type { Role } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { isStaff, type User } from '../model.ts';
import { listsOf } from '../staff/account-rules.ts';
import {
  checkVersion,
  findItem,
  findItems,
  type Item,
  type Key,
  type Page,
  put,
  putNew,
  putNext,
  queryPage,
  remove,
} from './table.ts';

const userKey = (userId: string): Key => ({ pk: `USER#${userId}`, sk: 'USER' });
/** Who is known by a phone, and whether they are locked: all that a request for a code has to know. */
export const phoneKey = (phone: string): Key => ({ pk: `PHONE#${phone}`, sk: 'PHONE' });
const ADMINS: Key = { pk: 'ADMINS', sk: 'ADMINS' };

export const listKey = (list: Role | 'staff'): string => `USERS#${list}`;

const fromItem = ({ pk: _pk, sk: _sk, ...user }: Item): User => user as unknown as User;

export const findUser = async (rt: Runtime, userId: string): Promise<User | undefined> => {
  const item = await findItem(rt, userKey(userId));
  return item && fromItem(item);
};

export const getUser = async (rt: Runtime, userId: string): Promise<User> => {
  const user = await findUser(rt, userId);
  if (!user) throw new AppError('missing', 'user-not-found', 'There is no such account.');
  return user;
};

export const findUserByPhone = async (rt: Runtime, phone: string): Promise<User | undefined> => {
  const item = await findItem(rt, phoneKey(phone));
  return item && findUser(rt, String(item.userId));
};

/** A page of a list of accounts, the youngest account first. */
export const listUsers = async (
  rt: Runtime,
  query: { list: Role | 'staff'; limit: number; after?: string | undefined },
): Promise<Page<User>> => {
  const page = await queryPage(rt, { pk: listKey(query.list), limit: query.limit, after: query.after });
  const users = await findItems(
    rt,
    page.items.map(({ sk }) => userKey(sk)),
  );
  return { ...page, items: users.flatMap((item) => (item ? [fromItem(item)] : [])) };
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

/** The account in its next version, its phone and its places in lists. A new account fails where the phone is taken. */
export const userWrites = (rt: Runtime, before: User | undefined, after: User): Write[] => {
  const phone: Item = {
    ...phoneKey(after.phone),
    userId: after.id,
    ...(after.locked && { locked: true }),
  };
  const lockMoved = Boolean(before?.locked) !== Boolean(after.locked);
  return [
    putNext(rt, { ...userKey(after.id), ...after }, before?.version ?? 0),
    ...(before === undefined ? [putNew(rt, phone)] : lockMoved ? [put(rt, phone)] : []),
    ...listWrites(rt, before, after),
  ];
};

/** Holds a transaction to the account as it was read, without writing it. */
export const userUnchanged = (rt: Runtime, user: User): Write =>
  checkVersion(rt, userKey(user.id), user.version);

/** Ids of all who can act as admins. Few, so one item holds them, and the last one cannot be lost. */
export interface Admins {
  readonly ids: readonly string[];
  readonly version: number;
}

export const findAdmins = async (rt: Runtime): Promise<Admins> => {
  const item = await findItem(rt, ADMINS);
  return { ids: (item?.ids ?? []) as string[], version: Number(item?.version ?? 0) };
};

export const adminsWrite = (rt: Runtime, before: Admins, ids: readonly string[]): Write =>
  putNext(rt, { ...ADMINS, ids: [...ids], version: before.version + 1 }, before.version);

/** Holds a transaction to the admins as they were read. */
export const adminsUnchanged = (rt: Runtime, admins: Admins): Write =>
  checkVersion(rt, ADMINS, admins.version);
