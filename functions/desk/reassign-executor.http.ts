import * as z from 'zod';
import { reasonSchema } from '../../lib/desk/executors/presence-view.ts';
import { reassignTickets } from '../../lib/desk/executors/reassign-tickets.ts';
import { userIdSchema } from '../../lib/desk/model.ts';
import { handingProblems } from '../../lib/desk/tickets/action-words.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

const { 'executor-full': _full, ...problems } = handingProblems;

export const reassignExecutorRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/executors/{executorId}/reassign',
    summary: 'Reassign all tickets of an executor',
    description:
      'To another executor as far as they have room; the rest (or all) go to the orphaned line. The first executor is not considered for them for five minutes. Takes effect at once; the tickets follow within seconds. Tickets waiting for their client keep their executor until the client writes.',
    tag: 'executors',
    access: ['manager'],
    params: () => z.strictObject({ executorId: userIdSchema }),
    body: () => z.strictObject({ toExecutorId: userIdSchema.optional(), reason: reasonSchema }),
    answers: { 202: () => z.object({ executorId: userIdSchema, tickets: z.int().min(0) }) },
    problems: { ...problems, 'same-executor': 'unprocessable' },
    example: { body: { reason: 'Went home ill' } },
  },
  async ({ rt, caller, origin, params, body }) => {
    const { tickets } = await reassignTickets(rt, { ...params, ...body, caller, origin });
    return { status: 202, body: { ...params, tickets } };
  },
);
