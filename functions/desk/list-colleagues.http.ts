import { colleagueView } from '../../lib/desk/executors/colleague-view.ts';
import { listColleagues } from '../../lib/desk/executors/list-colleagues.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

export const listColleaguesRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/executors/colleagues',
    summary: 'List colleagues on your desk',
    description:
      'Those with room first: whom a ticket can be transferred to, with name, presence and room. For desks by name see GET /v1/desks. Someone who moves on the roster between two pages may be missed or appear twice.',
    tag: 'executors',
    access: ['executor'],
    query: pageQuery,
    answers: { 200: () => pageOf(colleagueView()) },
    problems: { 'executor-not-found': 'missing' },
  },
  async ({ rt, caller, query }) => ({
    status: 200,
    body: await listColleagues(rt, { ...query, executorId: caller.id }),
  }),
);
