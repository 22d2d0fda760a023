import { adminsWrite, findAdmins } from '../../platform/approvals/admins.ts';
import type { Permit } from '../../platform/approvals/define-approvals.ts';
import type { Holders } from '../../platform/approvals/model.ts';
import { revokeUserWrite } from '../../platform/auth/revocations.ts';
import { rightsLost } from '../../platform/auth/rights-lost.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Change } from '../../platform/storage/change.ts';
import type { Write } from '../../platform/storage/write.ts';
import { userFact } from '../events.ts';
import type { User } from '../model.ts';
import { userWrites } from './user-repository.ts';
import { actsAsAdmin, adminsAfter, losesRights } from './user-roles.ts';

interface UserMove {
  readonly before: User | undefined;
  readonly after: User;
  /** The admins as a decision was made on them; else they are read when they change. */
  readonly admins?: Holders | undefined;
}

/** Whether the list of admins is another one after the change. */
export const movesAdmins = ({ before, after }: Omit<UserMove, 'admins'>): boolean =>
  (before !== undefined && actsAsAdmin(before)) !== actsAsAdmin(after);

const adminsChange = async (rt: Runtime, { before, after, admins: given }: UserMove): Promise<Write[]> => {
  if (!movesAdmins({ before, after })) return [];
  const admins = given ?? (await findAdmins(rt));
  const ids = adminsAfter(admins.ids, { before, after });
  if (ids) return [adminsWrite(rt, admins, ids)];
  throw new AppError('conflict', 'last-admin', 'Nobody would be left who can give roles.');
};

const lossOf = ({ id, roles, locked }: User): EventDraft =>
  rightsLost.draft({ userId: id, roles: [...roles], locked: locked !== undefined });

/** What a permit adds to a change of a user. The list of admins is written under the version that the permit was based on, or checked to still have it. */
export const permitWrites = (permit: Permit | undefined, move: Omit<UserMove, 'admins'>): Write[] =>
  permit ? [...permit.writes, ...(movesAdmins(move) ? [] : [permit.holdersUnchanged])] : [];

/**
 * A user in the next version with everything that follows: the phone, the entries in lists, the admins, the end of the
 * access tokens when the user loses rights, the event for other modules. Throws `last-admin`.
 */
export const userChange = async (rt: Runtime, move: UserMove): Promise<Change> => {
  const lost = losesRights(move);
  return {
    writes: [
      ...userWrites(rt, move.before, move.after),
      ...(await adminsChange(rt, move)),
      ...(lost ? [revokeUserWrite(rt, move.after)] : []),
    ],
    events: [userFact(move.after), ...(lost ? [lossOf(move.after)] : [])],
  };
};
