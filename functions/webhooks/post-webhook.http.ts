import { onHttp } from '../../lib/platform/http/on-http.ts';
import { addWebhook, webhookSecret } from '../../lib/webhooks/edit-webhook.ts';
import { newWebhookView, toWebhookView, webhookDraft } from '../../lib/webhooks/webhook-view.ts';

export const postWebhookRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/webhooks',
    summary: 'Create a webhook',
    description:
      'The secret that signs the calls is shown in this answer only and is not stored: a repeat with the same Idempotency-Key shows it again. docs/webhooks.md shows how to verify a signature. `entityId` and `states` narrow what it is sent. The webhook of an API key is sent the changes of state of SMS of the key’s legal entities and, unless `states` is given, inbound SMS to them, until the key is revoked or expires. The webhook of an admin is sent the changes of state of SMS of every legal entity, no inbound SMS, and is deleted when its creator is locked or no longer an admin.',
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
