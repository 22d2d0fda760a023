import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { listWebhooks as listStored } from '../../lib/sms/webhooks/webhook-repository.ts';
import { toWebhookView, webhookView } from '../../lib/sms/webhooks/webhook-view.ts';

export const listWebhooks = onHttp(
  {
    method: 'GET',
    path: '/v1/webhooks',
    summary: 'All webhooks, with how many calls each has missed for good',
    tag: 'webhooks',
    access: ['manager', 'sms:webhooks'],
    answers: { 200: z.object({ items: z.array(webhookView) }) },
  },
  async ({ rt }) => ({ status: 200, body: { items: (await listStored(rt)).map(toWebhookView) } }),
);
