// @pure

import type { Role } from '../../platform/caller.ts';
import type { Instant } from '../../platform/clock.ts';
import type { User } from '../model.ts';

/** Whoever can act as an admin: has the role and is not locked. */
export const actsAsAdmin = ({ roles, locked }: Pick<User, 'roles' | 'locked'>): boolean =>
  roles.includes('admin') && locked === undefined;

/** The admins after a change of one user; null: nobody would be left to give roles (R-AUTH-05). */
export const adminsAfter = (
  admins: readonly string[],
  { before, after }: { before: User | undefined; after: User },
): readonly string[] | null => {
  const others = admins.filter((id) => id !== after.id);
  const next = actsAsAdmin(after) ? [...others, after.id].toSorted() : others;
  const loses = before !== undefined && actsAsAdmin(before);
  return loses && next.length === 0 ? null : next;
};

/** A lock or a role less: access tokens given before must end (R-AUTH-05). */
export const losesRights = ({ before, after }: { before: User | undefined; after: User }): boolean =>
  before !== undefined &&
  ((after.locked !== undefined && before.locked === undefined) ||
    before.roles.some((role) => !after.roles.includes(role)));

/** Lists that contain a user: one per role, and one of all staff. */
export const listsOf = (user: Pick<User, 'roles'>, isStaff: boolean): string[] => [
  ...user.roles,
  ...(isStaff ? ['staff'] : []),
];

/** Each role once, in a fixed order: the same set is written the same way. */
export const rolesInOrder = (roles: readonly Role[], order: readonly Role[]): Role[] =>
  order.filter((role) => roles.includes(role));

/** Locked: no code is sent, no token refreshed; sessions begun before are over, and stay so after an unlock. */
export const lockedBy = (user: User, by: { id: string; reason: string; at: Instant }): User => ({
  ...user,
  locked: { at: by.at, by: by.id, reason: by.reason },
  sessionEpoch: user.sessionEpoch + 1,
  version: user.version + 1,
});

export const unlocked = ({ locked: _, ...user }: User): User => ({ ...user, version: user.version + 1 });
