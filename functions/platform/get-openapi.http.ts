import { onHttp } from '../../lib/platform/http/on-http.ts';
import { publishedText } from '../../lib/platform/openapi/published-document.ts';

let text: string | undefined;

export const getOpenapiRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'Get the OpenAPI 3.1 document',
    tag: 'platform',
    access: 'public',
    answers: { 200: { contentType: 'application/json' } },
  },
  async () => {
    text ??= publishedText();
    return { status: 200, body: text, headers: { 'cache-control': 'public, max-age=300' } };
  },
);
