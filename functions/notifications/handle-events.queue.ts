import { messageDelivered, replyPosted, ticketOverdue } from '../../lib/desk/events.ts';
import { userChanged } from '../../lib/identity/events.ts';
import { keepContact } from '../../lib/notifications/contacts/keep-contact.ts';
import { digestDue } from '../../lib/notifications/internal-events.ts';
import { addToDigest, dropFromDigest } from '../../lib/notifications/notices/add-to-digest.ts';
import { actingAloneNotice, proposalNotice } from '../../lib/notifications/notices/approval-notices.ts';
import { overdueDigestItem, replyDigestItem } from '../../lib/notifications/notices/digest-items.ts';
import { notifyRole } from '../../lib/notifications/notices/notify-role.ts';
import { sendDigest } from '../../lib/notifications/notices/send-digest.ts';
import { actedAlone, proposed } from '../../lib/platform/approvals/events.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';

/** Keeps contacts, and collects facts into digests. */
export const handler = onEvents({
  queue: 'notifications-events',
  on: [
    userChanged.to(keepContact),
    ticketOverdue.to((rt, event) => addToDigest(rt, overdueDigestItem(event))),
    replyPosted.to((rt, event) => addToDigest(rt, replyDigestItem(event))),
    messageDelivered.to((rt, { at, data }) =>
      dropFromDigest(rt, { kind: 'reply-waiting', id: data.ticketId, at }),
    ),
    proposed.to((rt, event) => notifyRole(rt, proposalNotice(event))),
    actedAlone.to((rt, event) => notifyRole(rt, actingAloneNotice(event))),
    digestDue.to((rt, { data }) => sendDigest(rt, data)),
  ],
});
