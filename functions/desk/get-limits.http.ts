import * as z from 'zod';
import { deskIdSchema } from '../../lib/desk/model.ts';
import { limitsView } from '../../lib/desk/settings/limits-view.ts';
import { readLimits } from '../../lib/desk/settings/read-limits.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getLimits = onHttp(
  {
    method: 'GET',
    path: '/v1/limits',
    summary: 'Limits in force, globally or on a desk',
    description:
      'The ETag is the number of the newest change that concerns this scope: send it as If-Match with a change of the same scope.',
    tag: 'limits',
    access: ['manager'],
    query: z.strictObject({ deskId: deskIdSchema.optional() }),
    answers: { 200: limitsView },
    problems: { 'desk-not-found': 'missing' },
  },
  async ({ rt, query }) => {
    const view = await readLimits(rt, query.deskId);
    return { status: 200, body: view, etag: view.version };
  },
);
