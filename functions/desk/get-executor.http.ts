import * as z from 'zod';
import { presenceView } from '../../lib/desk/executors/presence-view.ts';
import { readPresence } from '../../lib/desk/executors/read-presence.ts';
import { userIdSchema } from '../../lib/desk/model.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getExecutorRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/executors/{executorId}',
    summary: "Get an executor's presence and load",
    tag: 'executors',
    access: ['manager'],
    params: () => z.strictObject({ executorId: userIdSchema }),
    answers: { 200: presenceView },
    problems: { 'executor-not-found': 'missing' },
  },
  async ({ rt, params }) => {
    const view = await readPresence(rt, params.executorId);
    return { status: 200, body: view, etag: view.version };
  },
);
