import * as z from 'zod';
import { forceOffline } from '../../lib/desk/executors/leave-desk.ts';
import { executorView, reasonSchema } from '../../lib/desk/executors/presence-view.ts';
import { userIdSchema } from '../../lib/desk/model.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const forceOfflineRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/executors/{executorId}/force-offline',
    summary: 'Force an executor offline',
    description: 'Their tickets go to the orphaned line.',
    tag: 'executors',
    access: ['manager'],
    params: () => z.strictObject({ executorId: userIdSchema }),
    body: () => z.strictObject({ reason: reasonSchema }),
    answers: { 200: executorView },
    problems: { 'executor-not-found': 'missing' },
    example: { body: { reason: 'Left without signing out' } },
  },
  async ({ rt, caller, origin, params, body }) => {
    const executor = await forceOffline(rt, { ...params, ...body, caller, origin });
    return { status: 200, body: executor, etag: executor.version };
  },
);
