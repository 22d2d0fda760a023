import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { REQUESTS_AT_ONCE } from '../compose/request-notifications.ts';
import { type ListedRole, listRoleHolders } from '../contacts/contact-repository.ts';
import { notificationRequested } from '../internal-events.ts';
import type { TemplateName } from '../model.ts';

export interface RoleNotice {
  readonly role: ListedRole;
  readonly template: TemplateName;
  /** Of the event: a repeat requests nothing new. */
  readonly eventId: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Who did it and needs no notice. */
  readonly butId: string;
}

const request = ({ template, eventId, data }: RoleNotice, userId: string): EventDraft =>
  notificationRequested.draft({
    key: `${template}:${eventId}:${userId}`,
    template,
    recipient: { userId },
    data: { ...data },
  });

/** Requests a notification to every user of a role who is not locked. A repeat of the event requests the same ones. */
export const notifyRole = async (rt: Runtime, notice: RoleNotice): Promise<void> => {
  let after: string | undefined;
  do {
    const page = await listRoleHolders(rt, { role: notice.role, limit: REQUESTS_AT_ONCE, after });
    const recipients = page.userIds.filter((userId) => userId !== notice.butId);
    if (recipients.length > 0) {
      await commit(rt, { writes: [], events: recipients.map((userId) => request(notice, userId)) });
    }
    after = page.next;
  } while (after !== undefined);
};
