import { onHttp } from '../../lib/platform/http/on-http.ts';
import { DOCS_HEADERS, docsPage } from '../../lib/platform/openapi/docs-page.ts';
import { publishedText } from '../../lib/platform/openapi/published-document.ts';

let page: string | undefined;

export const getDocsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/docs',
    summary: 'Get the API reference as a page',
    tag: 'platform',
    access: 'public',
    answers: { 200: { contentType: 'text/html; charset=utf-8' } },
  },
  async () => {
    page ??= docsPage(JSON.parse(publishedText()));
    return { status: 200, body: page, headers: DOCS_HEADERS };
  },
);
