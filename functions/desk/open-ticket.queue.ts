import { messageAccepted } from '../../lib/desk/events.ts';
import { openTickets } from '../../lib/desk/intake/open-tickets.ts';
import { eventOf } from '../../lib/platform/events/event.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';
import { sendRejected } from '../../lib/platform/queue/rejected.ts';

export const handler = onQueue({ body: eventOf(messageAccepted) }, ({ rt, message, record }) =>
  openTickets(rt, message.data.clientId, async ({ place, code, message: why }) => {
    rt.log.error('message rejected', { messageId: place.messageId, seq: place.seq, code });
    await sendRejected(rt, record, { code, message: `${place.messageId}: ${why}` });
  }),
);
