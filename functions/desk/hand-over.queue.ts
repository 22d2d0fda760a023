import { limitsChanged } from '../../lib/desk/events.ts';
import { handOverTickets } from '../../lib/desk/executors/hand-over-tickets.ts';
import { moveReassigned } from '../../lib/desk/executors/move-reassigned.ts';
import {
  executorHandedOver,
  rearmAgain,
  rearmRequested,
  ticketsReassigned,
} from '../../lib/desk/internal-events.ts';
import { rearmDesks, rearmPart, rearmWaits } from '../../lib/desk/timers/rearm-waits.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';

export const handler = onEvents({
  queue: 'handovers',
  on: [
    executorHandedOver.to((rt, { data }) => handOverTickets(rt, data)),
    ticketsReassigned.to((rt, { data }) => moveReassigned(rt, data)),
    limitsChanged.to((rt, { data }) => rearmWaits(rt, data)),
    rearmAgain.to((rt, { data }) => rearmDesks(rt, data)),
    rearmRequested.to((rt, { data }) => rearmPart(rt, data)),
  ],
});
