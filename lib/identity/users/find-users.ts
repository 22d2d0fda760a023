import { type Caller, hasRole, type Role } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import { idPattern } from '../../platform/ids.ts';
import { readMobile } from '../../platform/input/phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findUserByPhone, listUsers } from '../core/user-repository.ts';
import type { User } from '../model.ts';
import { findSettings } from '../settings/settings-repository.ts';
import { toUserForAdmins, toUserForManagers, type UserForAdmins, type UserForManagers } from '../views.ts';

interface Find {
  readonly caller: Caller;
  readonly role?: Role | undefined;
  readonly phone?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

type Found = UserForAdmins | UserForManagers;

/** Admins see roles and locks, managers do not. */
const viewFor = (caller: Caller): ((user: User) => Found) =>
  hasRole(caller, 'admin') ? toUserForAdmins : toUserForManagers;

const USER_ID = idPattern('usr');

const invalidCursor = (): AppError =>
  new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');

/** Where the page after a cursor starts. Throws `invalid-cursor`. */
const startAfter = (list: string, cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const { id } = decodeCursor(list, cursor);
  if (typeof id === 'string' && USER_ID.test(id)) return id;
  throw invalidCursor();
};

/** The user with a phone, in any notation. A query string turns the plus into a space. */
const byPhone = async (rt: Runtime, { phone = '', role, cursor, caller }: Find): Promise<Page<Found>> => {
  if (cursor !== undefined) throw invalidCursor();
  const written = /^ \d/.test(phone) ? `+${phone.trimStart()}` : phone;
  // A user is found even when phones of their country may not sign in any more.
  const { defaultCountry } = await findSettings(rt);
  const user = await findUserByPhone(rt, readMobile(written, defaultCountry ?? undefined).phone);
  const fits = user && (role === undefined || user.roles.includes(role));
  return { items: fits ? [viewFor(caller)(user)] : [], nextCursor: null };
};

/**
 * Users with a role, else all staff, the newest first; or the one of a phone. Who has which role is for admins alone.
 * Throws `invalid-cursor`, `phone-invalid`, `forbidden`.
 */
export const findUsers = async (rt: Runtime, query: Find): Promise<Page<Found>> => {
  if (query.role !== undefined && query.role !== 'client' && !hasRole(query.caller, 'admin')) {
    throw new AppError('forbidden', 'forbidden', 'Who has which role is shown to admins.');
  }
  if (query.phone !== undefined) return byPhone(rt, query);
  const list = query.role ?? 'staff';
  const name = `users:${list}`;
  const page = await listUsers(rt, { list, limit: query.limit, after: startAfter(name, query.cursor) });
  return {
    items: page.items.map(viewFor(query.caller)),
    nextCursor: page.next === undefined ? null : encodeCursor(name, { id: page.next }),
    ...omittedOf(page),
  };
};
