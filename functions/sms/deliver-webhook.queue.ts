import { onQueue } from '../../lib/platform/queue/on-queue.ts';
import { fireTimer } from '../../lib/platform/timers/fire-timer.ts';
import { smsTimers } from '../../lib/sms/timers.ts';
import { deliverWebhook } from '../../lib/sms/webhooks/deliver-webhook.ts';

export const handler = onQueue({ body: smsTimers.message('delivery') }, ({ rt, message }) =>
  fireTimer(rt, smsTimers, message.data, { delivery: deliverWebhook }),
);
