import type { replyPosted, ticketOverdue } from '../../desk/events.ts';
import type { EventOf } from '../../platform/events/define-event.ts';
import type { News } from './gather-rules.ts';

/** For the managers: a desk's overdue tickets are told together. */
export const newsOfOverdue = ({ at, data }: EventOf<typeof ticketOverdue>): News => ({
  kind: 'tickets-overdue',
  id: data.deskId,
  ref: data.ticketId,
  at,
});

/** For the client: a ticket's replies are told together. */
export const newsOfReply = ({ data }: EventOf<typeof replyPosted>): News => ({
  kind: 'reply-waiting',
  id: data.ticketId,
  ref: data.messageId,
  at: data.at,
  userId: data.clientId,
});
