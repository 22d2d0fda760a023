import { notificationRequested } from '../../notifications/index.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { User } from '../model.ts';
import { findAdmins } from '../repository/users.ts';

interface Told {
  /** As in the audit log. */
  readonly action: string;
  /** As it is from this version on. */
  readonly account: Pick<User, 'id' | 'version' | 'locked'>;
  readonly byId: string;
}

/**
 * What tells every admin of a change of who may do what (R-AUTH-05), for the commit of the change: those who were admins until
 * then, so that whoever loses the role learns of it. Admins of an issuer of the deployment's own have no account to write to.
 */
export const toldToAdmins = async (rt: Runtime, { action, account, byId }: Told): Promise<EventDraft[]> => {
  const { ids } = await findAdmins(rt);
  // Nothing is sent to a locked person.
  const told = ids.filter((id) => id !== account.id || account.locked === undefined);
  return told.map((adminId) =>
    notificationRequested({
      key: `${account.id}.${account.version}.account-changed.${adminId}`,
      template: 'account-changed',
      recipient: { userId: adminId },
      data: { action, accountId: account.id, byId },
    }),
  );
};
