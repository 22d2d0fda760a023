import { onQueue } from '../../lib/platform/queue/on-queue.ts';
import { fireTimer } from '../../lib/platform/timers/fire-timer.ts';
import { settleDue } from '../../lib/sms/deferral/settle-due.ts';
import { smsTimers } from '../../lib/sms/timers.ts';

export const handler = onQueue({ body: smsTimers.message('held') }, ({ rt, message }) =>
  fireTimer(rt, smsTimers, message.data, { held: settleDue }),
);
