import { deskList, listDesks } from '../../lib/desk/core/desk-repository.ts';
import { deskView, toDeskView } from '../../lib/desk/settings/desk-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { pageAnswer, startAfter } from '../../lib/platform/http/stored-list.ts';

export const listDesksRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/desks',
    summary: 'List desks',
    tag: 'desks',
    access: ['manager', 'executor'],
    query: pageQuery,
    answers: { 200: () => pageOf(deskView()) },
  },
  async ({ rt, query }) => {
    const page = await listDesks(rt, { limit: query.limit, after: startAfter(deskList, query.cursor) });
    return { status: 200, body: pageAnswer(deskList, page, toDeskView) };
  },
);
