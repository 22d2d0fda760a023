import { openTickets } from '../../lib/desk/intake/open-tickets.ts';
import { messageAccepted } from '../../lib/desk/internal-events.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';
import { sendRejected } from '../../lib/platform/queue/rejected.ts';

export const handler = onEvents({
  queue: 'inbound-messages.fifo',
  on: [
    messageAccepted.to((rt, { data }, { record }) =>
      openTickets(rt, data.clientId, async ({ place, code, message: why }) => {
        rt.log.error('message rejected', { messageId: place.messageId, seq: place.seq, code });
        await sendRejected(rt, record, { code, message: `${place.messageId}: ${why}` });
      }),
    ),
  ],
});
