import * as z from 'zod';
import { apiKeyIdSchema, revokeApiKey } from '../../lib/identity/machines/api-keys.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const deleteApiKeyRoute = onHttp(
  {
    method: 'DELETE',
    path: '/v1/api-keys/{keyId}',
    summary: 'Revoke an API key',
    description: 'Takes effect at once. The key stays in the list.',
    tag: 'machines',
    access: ['admin'],
    params: () => z.strictObject({ keyId: apiKeyIdSchema }),
    answers: { 204: null },
    problems: { 'api-key-not-found': 'missing' },
  },
  async ({ rt, caller, origin, params }) => {
    await revokeApiKey(rt, { ...params, caller, origin });
    return { status: 204 };
  },
);
