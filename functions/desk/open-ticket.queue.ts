import { openTickets } from '../../lib/desk/intake/open-tickets.ts';
import { messageAccepted } from '../../lib/desk/internal-events.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';
import { sendRejected } from '../../lib/platform/queue/rejected.ts';

export const handler = onEvents({
  queue: 'inbound-messages.fifo',
  on: [
    messageAccepted.to((rt, { data }, { record }) =>
      openTickets(rt, data.clientId, async ({ entry, code, message: why }) => {
        rt.log.error('message rejected', { messageId: entry.messageId, seq: entry.seq, code });
        await sendRejected(rt, record, { code, message: `${entry.messageId}: ${why}` });
      }),
    ),
  ],
});
