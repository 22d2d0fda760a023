import * as z from 'zod';
import { putExecutor as putDeskExecutor } from '../../lib/desk/executors/edit-executor.ts';
import { executorNameSchema, executorView } from '../../lib/desk/executors/presence-view.ts';
import { deskIdSchema, personIdSchema } from '../../lib/desk/model.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const putExecutor = onHttp(
  {
    method: 'PUT',
    path: '/v1/executors/{executorId}',
    summary: 'Take an executor on, or change name or home desk',
    description:
      'Creates without If-Match, edits with it. On a new home desk their turn comes first. Only an account with the role of ' +
      'an executor can be taken on; one made a moment ago may take some seconds to be known here.',
    tag: 'executors',
    access: ['manager'],
    params: z.strictObject({ executorId: personIdSchema }),
    body: z.strictObject({ name: executorNameSchema, homeDeskId: deskIdSchema }),
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
    const { created, executor } = await putDeskExecutor(rt, { ...params, ...body, ifMatch, caller, origin });
    return created
      ? { status: 201, body: executor, etag: executor.version }
      : { status: 200, body: executor, etag: executor.version };
  },
);
