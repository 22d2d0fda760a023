import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { pageAnswer, startAfter } from '../../lib/platform/http/stored-list.ts';
import { entityView, toEntityView } from '../../lib/sms/registry/registry-view.ts';
import { entityList, listEntities } from '../../lib/sms/repository/entities.ts';

export const listLegalEntities = onHttp(
  {
    method: 'GET',
    path: '/v1/legal-entities',
    summary: 'All legal entities; the own one stands last',
    tag: 'legal-entities',
    access: ['manager', 'admin', 'sms:read'],
    query: pageQuery,
    answers: { 200: pageOf(entityView) },
  },
  async ({ rt, query }) => {
    const after = startAfter(entityList, query.cursor);
    const page = await listEntities(rt, { limit: query.limit, after });
    return { status: 200, body: pageAnswer(entityList, page, toEntityView) };
  },
);
