import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { phonePathSchema } from '../../lib/platform/input/phone.ts';
import { removeSuppression } from '../../lib/sms/registry/edit-suppressions.ts';
import { everyEntitySchema } from '../../lib/sms/registry/schemas.ts';

export const deleteSuppressionRoute = onHttp(
  {
    method: 'DELETE',
    path: '/v1/suppressions/{phone}',
    summary: 'Remove suppression',
    tag: 'suppressions',
    access: ['manager'],
    params: () => z.strictObject({ phone: phonePathSchema }),
    query: () => z.strictObject({ entityId: everyEntitySchema.default('*') }),
    answers: { 204: null },
    problems: { 'suppression-not-found': 'missing' },
  },
  async ({ rt, caller, origin, params, query }) => {
    await removeSuppression(rt, { ...params, ...query, caller, origin });
    return { status: 204 };
  },
);
