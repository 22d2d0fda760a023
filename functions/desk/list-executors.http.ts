import { listExecutors } from '../../lib/desk/executors/list-executors.ts';
import { executorView } from '../../lib/desk/executors/presence-view.ts';
import { deskIdSchema, MAIN_DESK } from '../../lib/desk/model.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

export const listExecutorsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/executors',
    summary: 'List executors of a desk',
    description:
      'Those with room first. Someone who moves on the roster between two pages may be missed or appear twice.',
    tag: 'executors',
    access: ['manager'],
    query: () => pageQuery().extend({ deskId: deskIdSchema.default(MAIN_DESK) }),
    answers: { 200: () => pageOf(executorView()) },
    problems: { 'desk-not-found': 'missing' },
  },
  async ({ rt, query }) => ({ status: 200, body: await listExecutors(rt, query) }),
);
