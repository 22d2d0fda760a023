import * as z from 'zod';
import {
  apiKeyView,
  bindingFields,
  createApiKey,
  scopesSchema,
} from '../../lib/identity/machines/api-keys.ts';
import { nameSchema } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postApiKeyRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/api-keys',
    summary: 'Create an API key',
    description:
      'The clear key is shown in this answer only; its hash alone is stored. A repeat with the same Idempotency-Key gets null in its place. The key sends SMS of these legal entities and categories, reads every SMS of these legal entities but sign-in codes, whoever requested it, and works until it is revoked or, if given, until `expiresAt`. Legal entities are not checked for existence.',
    tag: 'machines',
    access: ['admin'],
    freshProof: true,
    body: () => z.strictObject({ name: nameSchema, scopes: scopesSchema, ...bindingFields }),
    idempotent: true,
    secretFields: ['key'],
    answers: { 201: () => apiKeyView().extend({ key: z.string().nullable() }) },
    problems: { 'expiry-passed': 'unprocessable' },
    example: {
      body: {
        name: 'Billing',
        scopes: ['sms:send', 'sms:read'],
        entityIds: ['own'],
        categories: ['transactional'],
        countries: ['RU'],
        messagesPerDay: 5000,
        costBudget: { currency: 'RUB', perDayMinor: 500_000, perMonthMinor: 5_000_000 },
      },
    },
  },
  async ({ rt, caller, origin, body, idempotency }) => ({
    status: 201,
    body: await createApiKey(rt, { draft: body, caller, origin, idempotency }),
  }),
  async () => ({ key: null }),
);
