import { fireTimer } from '../../lib/desk/timers/fire-timer.ts';
import { timerSet } from '../../lib/desk/timers/timers.ts';
import { eventOf } from '../../lib/platform/events/event.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

export const handler = onQueue({ body: eventOf(timerSet) }, ({ rt, message }) => fireTimer(rt, message.data));
