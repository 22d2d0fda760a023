import { onEvents } from '../../lib/platform/queue/on-events.ts';
import { fireTimer } from '../../lib/platform/timers/fire-timer.ts';
import { deliverWebhook } from '../../lib/webhooks/deliver-webhook.ts';
import { deliveryDue } from '../../lib/webhooks/internal-events.ts';
import { webhookTimers } from '../../lib/webhooks/timers.ts';

export const handler = onEvents({
  queue: 'webhook-deliveries',
  on: [deliveryDue.to((rt, { data }) => fireTimer(rt, webhookTimers, data, { delivery: deliverWebhook }))],
});
