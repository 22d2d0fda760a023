import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { pageAnswer, startAfter } from '../../lib/platform/http/stored-list.ts';
import { webhookIdSchema } from '../../lib/webhooks/model.ts';
import { readWebhook } from '../../lib/webhooks/read-webhooks.ts';
import { deliveryList, listDeliveries } from '../../lib/webhooks/webhook-repository.ts';
import { deliveryView, toDeliveryView } from '../../lib/webhooks/webhook-view.ts';

export const listWebhookDeliveriesRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/webhooks/{webhookId}/deliveries',
    summary: 'List deliveries of a webhook',
    description: 'Newest first, of the last 30 days: delivered, waiting or given up.',
    tag: 'webhooks',
    access: ['admin', 'sms:webhooks'],
    params: () => z.strictObject({ webhookId: webhookIdSchema }),
    query: pageQuery,
    answers: { 200: () => pageOf(deliveryView()) },
    problems: { 'webhook-not-found': 'missing' },
  },
  async ({ rt, caller, params, query }) => {
    await readWebhook(rt, caller, params.webhookId);
    const list = deliveryList(params.webhookId);
    const after = startAfter(list, query.cursor);
    const page = await listDeliveries(rt, params.webhookId, { limit: query.limit, after });
    return { status: 200, body: pageAnswer(list, page, toDeliveryView) };
  },
);
