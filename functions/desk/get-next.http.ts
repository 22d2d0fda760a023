import { nextView } from '../../lib/desk/executors/next-view.ts';
import { readNext } from '../../lib/desk/executors/read-next.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getNextRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/executors/me/next',
    summary: 'Get what you may expect next, and why nothing comes',
    tag: 'executors',
    access: ['executor'],
    answers: { 200: nextView },
    problems: { 'executor-not-found': 'missing' },
  },
  async ({ rt, caller }) => ({ status: 200, body: await readNext(rt, caller.id) }),
);
