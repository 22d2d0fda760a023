import { onQueue } from '../../lib/platform/queue/on-queue.ts';
import { webhookDue } from '../../lib/sms/events.ts';
import { deliverWebhook } from '../../lib/sms/webhooks/deliver-webhook.ts';

export const handler = onQueue({ body: webhookDue }, ({ rt, message }) => deliverWebhook(rt, message.data));
