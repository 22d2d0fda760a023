import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { cancelSms as cancel } from '../../lib/sms/acceptance/cancel-sms.ts';
import { smsView, toSmsView } from '../../lib/sms/acceptance/sms-view.ts';
import { smsIdSchema } from '../../lib/sms/model.ts';

export const cancelSms = onHttp(
  {
    method: 'POST',
    path: '/v1/sms/{smsId}/cancel',
    summary: 'Cancel a message that has not been handed over',
    description: 'Its place in the caps is given back. Cancelling twice is once.',
    tag: 'sms',
    access: ['manager', 'sms:send'],
    params: z.strictObject({ smsId: smsIdSchema }),
    answers: { 200: smsView },
    problems: { 'sms-not-found': 'missing', 'sms-state': 'conflict', busy: 'unavailable' },
  },
  async ({ rt, caller, origin, params }) => {
    const sms = await cancel(rt, { ...params, caller, origin });
    return { status: 200, body: toSmsView(sms), etag: sms.version };
  },
);
