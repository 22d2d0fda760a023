import { fireDeskTimer } from '../../lib/desk/timers/fire-timer.ts';
import { deskTimers } from '../../lib/desk/timers/timers.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

export const handler = onQueue({ body: deskTimers.message() }, ({ rt, message }) =>
  fireDeskTimer(rt, message.data),
);
