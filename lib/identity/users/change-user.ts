import { refuseOwnCase } from '../../platform/approvals/by-two.ts';
import type { RequestPermit } from '../../platform/approvals/define-approvals.ts';
import { type Actor, audited } from '../../platform/audit.ts';
import { ROLES, type Role } from '../../platform/caller.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { permitWrites, userChange } from '../core/user-change.ts';
import { getUser } from '../core/user-repository.ts';
import { lockedBy, rolesInOrder, unlocked } from '../core/user-roles.ts';
import { isStaff, type User } from '../model.ts';
import { mustActAsAdmin } from './acting-admin.ts';
import { adminsInformed } from './inform-admins.ts';

const auditedOf = (
  rt: Runtime,
  actor: Actor,
  { user, ...deed }: { action: string; user: User; details: Record<string, unknown> },
): EventDraft => audited(rt, actor, { ...deed, subject: `user/${user.id}` });

/** Admins are not informed of a client's roles, but always of a lock or an unlock. */
const concernsAdmins = (before: User, { after, action }: { after: User; action: string }): boolean =>
  action !== 'user.roles-changed' || isStaff(before) || isStaff(after);

/** One change of a user by an admin, with its audit entry; the admins are informed. `decide` gives nothing when there is nothing to change. */
const change = (
  rt: Runtime,
  input: Actor & { userId: string; permit?: RequestPermit },
  decide: (before: User) => { after: User; action: string; details: Record<string, unknown> } | undefined,
): Promise<User> =>
  untilCommitted(rt, async () => {
    await mustActAsAdmin(rt, input);
    const before = await getUser(rt, input.userId);
    const decision = decide(before);
    if (!decision) return before;
    const { after, ...fact } = decision;
    const permit = isStaff(before) || isStaff(after) ? await input.permit?.() : undefined;
    const userPart = await userChange(rt, { before, after, admins: permit?.holders });
    const notices = concernsAdmins(before, decision)
      ? await adminsInformed(rt, { action: fact.action, user: after, byId: input.caller.id })
      : [];
    await commit(rt, {
      writes: [...userPart.writes, ...permitWrites(permit, { before, after })],
      events: [
        ...userPart.events,
        auditedOf(rt, input, { ...fact, user: after }),
        ...notices,
        ...(permit?.events ?? []),
      ],
    });
    return after;
  });

/**
 * Gives a user another set of roles; those of staff need two admins. A new role is in force with the next access token; taking one
 * ends the access tokens issued before.
 * Throws `user-not-found`, `own-case` (nobody gives themselves roles, or takes them), `stale` when it is not at `ifMatch`, `last-admin`.
 */
export const changeRoles = (
  rt: Runtime,
  input: Actor & { userId: string; roles: readonly Role[]; ifMatch: number; permit: RequestPermit },
): Promise<User> =>
  change(rt, input, (before) => {
    refuseOwnCase(input.caller, [before.id], 'Nobody changes their own roles: another admin does.');
    if (before.version !== input.ifMatch) {
      throw new AppError('stale', 'stale', 'The user was changed meanwhile.');
    }
    const roles = rolesInOrder(input.roles, ROLES);
    if (roles.join() === before.roles.join()) return undefined;
    const after: User = { ...before, roles, version: before.version + 1 };
    return { after, action: 'user.roles-changed', details: { from: before.roles, to: roles } };
  });

/**
 * Locks a user: no code is sent to them and no token refreshed from this moment, their sessions are over; access tokens
 * end within a minute. Locking a locked user changes nothing. Throws `user-not-found`, `last-admin`.
 */
export const lockUser = (rt: Runtime, input: Actor & { userId: string; reason: string }): Promise<User> =>
  change(rt, input, (before) => {
    if (before.locked) return undefined;
    const { reason } = input;
    const after = lockedBy(before, { id: input.caller.id, reason, at: instant(rt.clock.nowMs()) });
    return { after, action: 'user.locked', details: { reason } };
  });

/** Unlocks a user. Their former sessions stay over. Throws `user-not-found`. */
export const unlockUser = (rt: Runtime, input: Actor & { userId: string }): Promise<User> =>
  change(rt, input, (before) =>
    before.locked
      ? { after: unlocked(before), action: 'user.unlocked', details: { reason: before.locked.reason } }
      : undefined,
  );
