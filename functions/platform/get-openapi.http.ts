import document from '../../docs/openapi.json' with { type: 'json' };
import { onHttp } from '../../lib/platform/http/on-http.ts';

const text = JSON.stringify(document);

export const getOpenapi = onHttp(
  {
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document',
    tag: 'platform',
    access: 'public',
    answers: { 200: { contentType: 'application/json' } },
  },
  async () => ({ status: 200, body: text, headers: { 'cache-control': 'public, max-age=300' } }),
);
