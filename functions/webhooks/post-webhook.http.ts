import { onHttp } from '../../lib/platform/http/on-http.ts';
import { addWebhook, webhookSecret } from '../../lib/webhooks/edit-webhook.ts';
import { newWebhookView, toWebhookView, webhookDraft } from '../../lib/webhooks/webhook-view.ts';

export const postWebhookRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/webhooks',
    summary: 'Create a webhook',
    description:
      'The secret that signs the calls is shown in this answer only and is not stored: a repeat with the same Idempotency-Key shows it again. docs/webhooks.md shows how to verify a signature. A webhook of an API key gets the events of its legal entities until the key expires; one of an admin gets the events of all legal entities while its creator is an admin.',
    tag: 'webhooks',
    access: ['admin', 'sms:webhooks'],
    body: webhookDraft,
    idempotent: 'own',
    location: '/v1/webhooks/{webhookId}',
    answers: { 201: newWebhookView },
    problems: {
      'legal-entity-not-found': 'missing',
      'webhook-address': 'unprocessable',
      'too-many-webhooks': 'conflict',
      busy: 'unavailable',
    },
    example: { body: { url: 'https://crm.example/hooks/sms', states: ['delivered', 'failed'] } },
  },
  async ({ rt, caller, origin, body, idempotency }) => {
    const webhook = await addWebhook(rt, { draft: body, caller, origin, idempotency });
    return { status: 201, body: { ...toWebhookView(webhook), secret: await webhookSecret(rt, webhook.id) } };
  },
);
