import { handOverTickets } from '../../lib/desk/executors/hand-over-tickets.ts';
import { handoverEvent } from '../../lib/desk/executors/handover-events.ts';
import { moveReassigned } from '../../lib/desk/executors/move-reassigned.ts';
import { rearmWaits } from '../../lib/desk/timers/rearm-waits.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

export const handler = onQueue({ body: handoverEvent }, ({ rt, message }) => {
  switch (message.type) {
    case 'desk.executor.handed-over':
      return handOverTickets(rt, message.data);
    case 'desk.tickets.reassigned':
      return moveReassigned(rt, message.data);
    default:
      return rearmWaits(rt, message);
  }
});
