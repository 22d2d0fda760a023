import type { Role } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '../../platform/http/pagination.ts';
import { idPattern } from '../../platform/ids.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findSettings } from '../repository/settings.ts';
import { findUserByPhone, listUsers } from '../repository/users.ts';
import { readPhone } from '../sign-in/read-phone.ts';
import { type AccountView, toAccountView } from '../views.ts';

interface Find {
  readonly role?: Role | undefined;
  readonly phone?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

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

/** The account of a phone, in any notation. A query string turns the plus into a space. */
const byPhone = async (rt: Runtime, { phone = '', role, cursor }: Find): Promise<Page<AccountView>> => {
  if (cursor !== undefined) throw invalidCursor();
  const written = /^ \d/.test(phone) ? `+${phone.trimStart()}` : phone;
  // Whoever has an account is found, though phones of their country may not sign in any more.
  const settings = { ...(await findSettings(rt)), countries: null };
  const user = await findUserByPhone(rt, readPhone(written, settings).phone);
  const fits = user && (role === undefined || user.roles.includes(role));
  return { items: fits ? [toAccountView(user)] : [], nextCursor: null };
};

/** Accounts of a role, else all staff, the youngest first; or the one of a phone. Throws `invalid-cursor`, `phone-invalid`. */
export const findAccounts = async (rt: Runtime, query: Find): Promise<Page<AccountView>> => {
  if (query.phone !== undefined) return byPhone(rt, query);
  const list = query.role ?? 'staff';
  const name = `users:${list}`;
  const page = await listUsers(rt, { list, limit: query.limit, after: startAfter(name, query.cursor) });
  return {
    items: page.items.map(toAccountView),
    nextCursor: page.next === undefined ? null : encodeCursor(name, { id: page.next }),
  };
};
