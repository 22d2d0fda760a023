import { presenceView } from '../../lib/desk/executors/presence-view.ts';
import { readPresence } from '../../lib/desk/executors/read-presence.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getMeRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/executors/me',
    summary: 'Get your own presence and load',
    tag: 'executors',
    access: ['executor'],
    answers: { 200: presenceView },
    problems: { 'executor-not-found': 'missing' },
  },
  async ({ rt, caller }) => {
    const view = await readPresence(rt, caller.id);
    return { status: 200, body: view, etag: view.version };
  },
);
