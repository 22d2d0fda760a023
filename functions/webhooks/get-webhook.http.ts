import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { webhookIdSchema } from '../../lib/webhooks/model.ts';
import { readWebhook } from '../../lib/webhooks/read-webhooks.ts';
import { toWebhookView, webhookView } from '../../lib/webhooks/webhook-view.ts';

export const getWebhookRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/webhooks/{webhookId}',
    summary: 'Get a webhook',
    tag: 'webhooks',
    access: ['admin', 'sms:webhooks'],
    params: () => z.strictObject({ webhookId: webhookIdSchema }),
    answers: { 200: webhookView },
    problems: { 'webhook-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => ({
    status: 200,
    body: toWebhookView(await readWebhook(rt, caller, params.webhookId)),
  }),
);
