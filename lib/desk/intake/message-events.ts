import type * as z from 'zod';
import type { EventDraft } from '../../platform/events/event.ts';
import type { messageAccepted, messageDelivered } from '../events.ts';
import type { Ticket } from '../model.ts';
import type { Message } from './message-rules.ts';

/** Wakes the client's own lane of the inbox; which message it tells of does not matter to the reader. */
export const messageAcceptedEvent = ({ clientId, seq }: Message): EventDraft => {
  const data: z.infer<typeof messageAccepted> = { clientId, seq };
  return { type: 'desk.message.accepted', group: clientId, data };
};

export const messageDeliveredEvent = (messageId: string, ticket: Ticket): EventDraft => {
  const data: z.infer<typeof messageDelivered> = {
    messageId,
    ticketId: ticket.id,
    deskId: ticket.deskId,
    executorId: ticket.executorId ?? '',
    urgent: ticket.urgent,
  };
  return { type: 'desk.message.delivered', aggregate: { id: ticket.id, version: ticket.version }, data };
};
