import { readTemplateVersions } from '../../lib/notifications/versions/read-template-versions.ts';
import {
  localeSchema,
  templateParams,
  templateVersionView,
} from '../../lib/notifications/versions/template-version-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

export const listTemplateVersionsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/notification-templates/{template}/versions',
    summary: 'List template versions',
    description: 'Newest first.',
    tag: 'notifications',
    access: ['manager', 'admin'],
    params: templateParams,
    query: () => pageQuery().extend({ locale: localeSchema }),
    answers: { 200: () => pageOf(templateVersionView()) },
    problems: { 'template-not-found': 'missing' },
  },
  async ({ rt, params, query }) => ({
    status: 200,
    body: await readTemplateVersions(rt, { ...params, ...query }),
  }),
);
