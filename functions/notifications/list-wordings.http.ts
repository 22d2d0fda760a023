import { readWordings } from '../../lib/notifications/wordings/read-wordings.ts';
import { localeSchema, templateParams, wordingView } from '../../lib/notifications/wordings/wording-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

export const listWordings = onHttp(
  {
    method: 'GET',
    path: '/v1/notification-templates/{template}/versions',
    summary: 'List template versions',
    description: 'Newest first.',
    tag: 'notifications',
    access: ['manager', 'admin'],
    params: templateParams,
    query: pageQuery.extend({ locale: localeSchema }),
    answers: { 200: pageOf(wordingView) },
    problems: { 'template-not-found': 'missing' },
  },
  async ({ rt, params, query }) => ({ status: 200, body: await readWordings(rt, { ...params, ...query }) }),
);
