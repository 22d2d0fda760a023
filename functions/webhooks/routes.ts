import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { deleteWebhookRoute } from './delete-webhook.http.ts';
import { getWebhookRoute } from './get-webhook.http.ts';
import { listWebhookDeliveriesRoute } from './list-webhook-deliveries.http.ts';
import { listWebhooksRoute } from './list-webhooks.http.ts';
import { postWebhookRoute } from './post-webhook.http.ts';

export const endpoints = [
  deleteWebhookRoute,
  getWebhookRoute,
  listWebhookDeliveriesRoute,
  listWebhooksRoute,
  postWebhookRoute,
];

export const handler = httpHandler(endpoints);
