import * as z from 'zod';
import { putExecutor } from '../../lib/desk/executors/edit-executor.ts';
import { executorNameSchema, executorView } from '../../lib/desk/executors/presence-view.ts';
import { deskIdSchema, userIdSchema } from '../../lib/desk/model.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const putExecutorRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/executors/{executorId}',
    summary: 'Create or update executor',
    description:
      "Creates without If-Match, updates with it. Moving to another home desk puts the executor first on that desk's roster. The user must have the executor role; a user created a moment ago may be unknown to the desk for some seconds.",
    tag: 'executors',
    access: ['manager'],
    params: () => z.strictObject({ executorId: userIdSchema }),
    body: () => z.strictObject({ name: executorNameSchema, homeDeskId: deskIdSchema }),
    ifMatch: 'optional',
    location: '/v1/executors/{executorId}',
    answers: { 200: executorView, 201: executorView },
    problems: {
      'desk-not-found': 'missing',
      'not-an-executor': 'unprocessable',
      'if-match-required': 'preconditionRequired',
      stale: 'stale',
    },
    example: { body: { name: 'Ada Park', homeDeskId: 'main' } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const { created, executor } = await putExecutor(rt, { ...params, ...body, ifMatch, caller, origin });
    return created
      ? { status: 201, body: executor, etag: executor.version }
      : { status: 200, body: executor, etag: executor.version };
  },
);
