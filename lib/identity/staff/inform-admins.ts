import { findAdmins } from '../../platform/approvals/admins.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { userChangedByAdmin } from '../events.ts';
import type { User } from '../model.ts';

interface AccountChange {
  /** As in the audit log. */
  readonly action: string;
  /** As it is from this version on. */
  readonly account: Pick<User, 'id' | 'version' | 'locked'>;
  readonly byId: string;
}

/**
 * What informs every admin of a change of who may do what (R-AUTH-05), for the commit of the change: those who were admins
 * until then, so that whoever loses the role learns of it. Admins of an issuer of the deployment's own have no account to
 * write to.
 */
export const adminsInformed = async (
  rt: Runtime,
  { action, account, byId }: AccountChange,
): Promise<EventDraft[]> => {
  const { ids } = await findAdmins(rt);
  // Nothing is sent to a locked person.
  const adminIds = ids.filter((id) => id !== account.id || account.locked === undefined);
  const { id: userId, version } = account;
  return adminIds.length === 0 ? [] : [userChangedByAdmin.draft({ userId, version, action, byId, adminIds })];
};
