import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { removeWebhook } from '../../lib/webhooks/edit-webhook.ts';
import { webhookIdSchema } from '../../lib/webhooks/model.ts';

export const deleteWebhookRoute = onHttp(
  {
    method: 'DELETE',
    path: '/v1/webhooks/{webhookId}',
    summary: 'Delete a webhook',
    description: 'Calls not yet delivered are dropped.',
    tag: 'webhooks',
    access: ['admin', 'sms:webhooks'],
    params: () => z.strictObject({ webhookId: webhookIdSchema }),
    answers: { 204: null },
    problems: { 'webhook-not-found': 'missing' },
  },
  async ({ rt, caller, origin, params }) => {
    await removeWebhook(rt, { ...params, caller, origin });
    return { status: 204 };
  },
);
