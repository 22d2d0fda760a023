import * as z from 'zod';
import { apiKeyView, createApiKey, scopesSchema } from '../../lib/identity/machines/api-keys.ts';
import { nameSchema } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postApiKey = onHttp(
  {
    method: 'POST',
    path: '/v1/api-keys',
    summary: 'Make a key for a machine',
    description:
      'The clear key is shown in this answer and never again; only its hash is kept. A repeat with the same Idempotency-Key ' +
      'gets null in its place.',
    tag: 'machines',
    access: ['admin'],
    body: z.strictObject({ name: nameSchema, scopes: scopesSchema }),
    idempotent: true,
    answers: { 201: apiKeyView.extend({ key: z.string().nullable() }) },
    example: { body: { name: 'Billing', scopes: ['sms:send', 'sms:read'] } },
  },
  async ({ rt, caller, origin, body, idempotency }) => ({
    status: 201,
    body: await createApiKey(rt, { ...body, caller, origin, idempotency }),
  }),
);
