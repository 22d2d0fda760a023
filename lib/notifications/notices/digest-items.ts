import type { replyPosted, ticketOverdue } from '../../desk/events.ts';
import type { EventOf } from '../../platform/events/define-event.ts';
import type { DigestItem } from '../digest.ts';

/** For the managers: a desk's overdue tickets go into one digest. */
export const overdueDigestItem = ({ at, data }: EventOf<typeof ticketOverdue>): DigestItem => ({
  kind: 'tickets-overdue',
  id: data.deskId,
  ref: data.ticketId,
  at,
});

/** For the client: a ticket's replies go into one digest. */
export const replyDigestItem = ({ data }: EventOf<typeof replyPosted>): DigestItem => ({
  kind: 'reply-waiting',
  id: data.ticketId,
  ref: data.messageId,
  at: data.at,
  userId: data.clientId,
});
