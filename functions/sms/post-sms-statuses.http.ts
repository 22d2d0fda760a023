import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { omittedField, omittedOf } from '../../lib/platform/http/pagination.ts';
import { readStatuses } from '../../lib/sms/acceptance/read-sms.ts';
import { statusView, toStatusView } from '../../lib/sms/acceptance/sms-view.ts';
import { smsIdSchema } from '../../lib/sms/model.ts';

export const postSmsStatusesRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sms/statuses',
    summary: 'Get the states of up to 100 SMS',
    description: 'In the order requested; unknown ids are left out.',
    tag: 'sms',
    access: ['manager', 'sms:read'],
    body: () => z.strictObject({ ids: z.array(smsIdSchema).min(1).max(100) }),
    answers: { 200: () => z.object({ items: z.array(statusView()), omitted: omittedField() }) },
  },
  async ({ rt, caller, body }) => {
    const found = await readStatuses(rt, caller, body.ids);
    return { status: 200, body: { items: found.items.map(toStatusView), ...omittedOf(found) } };
  },
);
