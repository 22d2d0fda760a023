import { apiKeyView, findApiKeys } from '../../lib/identity/machines/api-keys.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

export const listApiKeysRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/api-keys',
    summary: 'List API keys',
    description: 'Newest first, including revoked ones.',
    tag: 'machines',
    access: ['admin'],
    query: pageQuery,
    answers: { 200: () => pageOf(apiKeyView()) },
  },
  async ({ rt, query }) => ({ status: 200, body: await findApiKeys(rt, query) }),
);
