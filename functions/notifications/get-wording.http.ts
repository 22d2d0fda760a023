import * as z from 'zod';
import { readWording } from '../../lib/notifications/wordings/read-wordings.ts';
import { localeSchema, templateParams, wordingView } from '../../lib/notifications/wordings/wording-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getWording = onHttp(
  {
    method: 'GET',
    path: '/v1/notification-templates/{template}',
    summary: 'Get the template version in use',
    description: 'In one language.',
    tag: 'notifications',
    access: ['manager', 'admin'],
    params: templateParams,
    query: z.strictObject({ locale: localeSchema }),
    answers: { 200: wordingView },
    problems: { 'template-not-found': 'missing' },
  },
  async ({ rt, params, query }) => {
    const view = await readWording(rt, { ...params, ...query });
    return { status: 200, body: view, etag: view.version };
  },
);
