import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { readWebhooks } from '../../lib/sms/webhooks/read-webhooks.ts';
import { toWebhookView, webhookView } from '../../lib/sms/webhooks/webhook-view.ts';

export const listWebhooks = onHttp(
  {
    method: 'GET',
    path: '/v1/webhooks',
    summary: 'Webhooks, with how many calls each has missed for good',
    description: 'An admin sees all, a machine’s key its own.',
    tag: 'webhooks',
    access: ['admin', 'sms:webhooks'],
    answers: { 200: z.object({ items: z.array(webhookView) }) },
  },
  async ({ rt, caller }) => ({
    status: 200,
    body: { items: (await readWebhooks(rt, caller)).map(toWebhookView) },
  }),
);
