import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { entityIdSchema, smsStates } from '../../lib/sms/model.ts';
import { addWebhook, webhookSecret } from '../../lib/sms/webhooks/edit-webhook.ts';
import { newWebhookView, toWebhookView } from '../../lib/sms/webhooks/webhook-view.ts';

export const postWebhook = onHttp(
  {
    method: 'POST',
    path: '/v1/webhooks',
    summary: 'Hear what becomes of messages',
    description:
      'The secret, by which calls are signed, is shown here only, and kept nowhere: a repeat with the same Idempotency-Key shows it again. docs/webhooks.md shows how to check it. A machine’s key hears of its own legal entities, until it ends; an admin of all, until they are none.',
    tag: 'webhooks',
    access: ['admin', 'sms:webhooks'],
    body: z.strictObject({
      url: z.string().min(1).max(2000),
      entityId: entityIdSchema.optional(),
      states: z.array(z.enum(smsStates)).min(1).max(smsStates.length).optional(),
    }),
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
