import { onEvents } from '../../lib/platform/events/on-events.ts';
import { fireTimer } from '../../lib/platform/timers/fire-timer.ts';
import { webhookDue } from '../../lib/sms/internal-events.ts';
import { smsTimers } from '../../lib/sms/timers.ts';
import { deliverWebhook } from '../../lib/sms/webhooks/deliver-webhook.ts';

export const handler = onEvents({
  queue: 'webhooks',
  on: [webhookDue.to((rt, { data }) => fireTimer(rt, smsTimers, data, { delivery: deliverWebhook }))],
});
