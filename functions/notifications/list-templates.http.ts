import { templateNames } from '../../lib/notifications/model.ts';
import { templateView, toTemplateView } from '../../lib/notifications/versions/template-version-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf } from '../../lib/platform/http/pagination.ts';

export const listTemplatesRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/notification-templates',
    summary: 'List notification templates',
    description: 'With their recipients, delays and channels.',
    tag: 'notifications',
    access: ['manager', 'admin'],
    answers: { 200: () => pageOf(templateView()) },
  },
  async () => ({ status: 200, body: { items: templateNames.map(toTemplateView), nextCursor: null } }),
);
