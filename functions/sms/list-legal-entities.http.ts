import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { pageAnswer, startAfter } from '../../lib/platform/http/stored-list.ts';
import { entityList, listEntities } from '../../lib/sms/entity-repository.ts';
import { seesEntity } from '../../lib/sms/key-access.ts';
import { entityView, toEntityView } from '../../lib/sms/registry/registry-view.ts';

export const listLegalEntitiesRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/legal-entities',
    summary: 'List legal entities',
    description:
      'The own entity last. An API key sees its own: a page is filtered after it is read, and may hold fewer than `limit`.',
    tag: 'legal-entities',
    access: ['manager', 'admin', 'sms:read'],
    query: pageQuery,
    answers: { 200: () => pageOf(entityView()) },
  },
  async ({ rt, caller, query }) => {
    const after = startAfter(entityList, query.cursor);
    const page = await listEntities(rt, { limit: query.limit, after });
    const items = page.items.filter(({ id }) => seesEntity(caller, id));
    return { status: 200, body: pageAnswer(entityList, { ...page, items }, toEntityView) };
  },
);
