import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { readSms } from '../../lib/sms/acceptance/read-sms.ts';
import { smsView, toSmsView } from '../../lib/sms/acceptance/sms-view.ts';
import { smsIdSchema } from '../../lib/sms/model.ts';

export const getSmsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/sms/{smsId}',
    summary: 'Get an SMS',
    description: 'Its state, the trace of the last evaluation, and its attempts.',
    tag: 'sms',
    access: ['manager', 'sms:read'],
    params: () => z.strictObject({ smsId: smsIdSchema }),
    answers: { 200: smsView },
    problems: { 'sms-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => {
    const sms = await readSms(rt, caller, params.smsId);
    return { status: 200, body: toSmsView(sms), etag: sms.version };
  },
);
