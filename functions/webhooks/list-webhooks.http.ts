import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { omittedField, omittedOf } from '../../lib/platform/http/pagination.ts';
import { readWebhooks } from '../../lib/webhooks/read-webhooks.ts';
import { toWebhookView, webhookView } from '../../lib/webhooks/webhook-view.ts';

export const listWebhooksRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/webhooks',
    summary: 'List webhooks',
    description: 'With the number of calls each has lost. An admin sees all, an API key its own.',
    tag: 'webhooks',
    access: ['admin', 'sms:webhooks'],
    answers: { 200: () => z.object({ items: z.array(webhookView()), omitted: omittedField() }) },
  },
  async ({ rt, caller }) => {
    const page = await readWebhooks(rt, caller);
    return { status: 200, body: { items: page.items.map(toWebhookView), ...omittedOf(page) } };
  },
);
