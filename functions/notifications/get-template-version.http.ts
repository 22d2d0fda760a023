import * as z from 'zod';
import { readTemplateVersion } from '../../lib/notifications/versions/read-template-versions.ts';
import {
  localeSchema,
  templateParams,
  templateVersionView,
} from '../../lib/notifications/versions/template-version-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getTemplateVersionRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/notification-templates/{template}',
    summary: 'Get the template version in use',
    description: 'In one language.',
    tag: 'notifications',
    access: ['manager', 'admin'],
    params: templateParams,
    query: () => z.strictObject({ locale: localeSchema }),
    answers: { 200: templateVersionView },
    problems: { 'template-not-found': 'missing' },
  },
  async ({ rt, params, query }) => {
    const view = await readTemplateVersion(rt, { ...params, ...query });
    return { status: 200, body: view, etag: view.version };
  },
);
