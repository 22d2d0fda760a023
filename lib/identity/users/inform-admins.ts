import { findAdmins } from '../../platform/approvals/admins.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { userChangedByAdmin } from '../events.ts';
import type { User } from '../model.ts';

interface ChangedUser {
  /** As in the audit log. */
  readonly action: string;
  /** As it is from this version on. */
  readonly user: Pick<User, 'id' | 'version' | 'locked'>;
  readonly byId: string;
}

/**
 * What informs every admin of a change of who may do what (R-AUTH-05), for the commit of the change: those who were admins
 * until then, so that whoever loses the role learns of it. Admins of another issuer are no users here,
 * so nothing can be sent to them.
 */
export const adminsInformed = async (
  rt: Runtime,
  { action, user, byId }: ChangedUser,
): Promise<EventDraft[]> => {
  const { ids } = await findAdmins(rt);
  // Nothing is sent to a locked user.
  const adminIds = ids.filter((id) => id !== user.id || user.locked === undefined);
  const { id: userId, version } = user;
  return adminIds.length === 0 ? [] : [userChangedByAdmin.draft({ userId, version, action, byId, adminIds })];
};
