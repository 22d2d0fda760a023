import * as z from 'zod';
import { executorSorts, ORDERED_AT_MOST } from '../../lib/desk/executors/executor-orders.ts';
import { executorRowView } from '../../lib/desk/executors/executor-row-view.ts';
import { listExecutors } from '../../lib/desk/executors/list-executors.ts';
import { deskIdSchema, MAIN_DESK, presences } from '../../lib/desk/model.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQueryUpTo } from '../../lib/platform/http/pagination.ts';

/** A board of a thousand executors is five pages. */
const LONGEST_PAGE = 200;

export const listExecutorsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/executors',
    summary: 'List executors of a desk',
    description:
      'Those with room first, unless sorted. Someone who moves on the roster between two pages may be missed or appear twice. A page may hold fewer than `limit` where they have very many tickets in hand.',
    tag: 'executors',
    access: ['manager'],
    query: () =>
      pageQueryUpTo(LONGEST_PAGE).extend({
        deskId: deskIdSchema.default(MAIN_DESK),
        presence: z.enum(presences).optional(),
        sort: z
          .enum(executorSorts)
          .optional()
          .meta({
            description:
              'turn: those online by whose turn it is, then the absent. load: most tickets in hand first. name: by name. ' +
              `At most ${ORDERED_AT_MOST} executors can be sorted.`,
          }),
      }),
    answers: { 200: () => pageOf(executorRowView()) },
    problems: { 'desk-not-found': 'missing', 'filter-unsupported': 'invalid' },
  },
  async ({ rt, query }) => ({ status: 200, body: await listExecutors(rt, query) }),
);
