import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { cancelSms } from '../../lib/sms/acceptance/cancel-sms.ts';
import { mustMayCancel } from '../../lib/sms/acceptance/may-send.ts';
import { readSms } from '../../lib/sms/acceptance/read-sms.ts';
import { smsView, toSmsView } from '../../lib/sms/acceptance/sms-view.ts';
import { smsIdSchema } from '../../lib/sms/model.ts';
import { recallSms } from '../../lib/sms/sending/recall-sms.ts';

export const cancelSmsRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sms/{smsId}/cancel',
    summary: 'Cancel an SMS',
    description:
      'An SMS already handed over is recalled where its provider can. It no longer counts towards the caps. Cancelling twice has the effect of once. Sign-in codes cannot be cancelled.',
    tag: 'sms',
    access: ['manager', 'sms:send'],
    params: () => z.strictObject({ smsId: smsIdSchema }),
    answers: { 200: smsView },
    problems: {
      'sms-not-found': 'missing',
      'sms-state': 'conflict',
      'otp-of-sign-in': 'unprocessable',
      busy: 'unavailable',
    },
  },
  async ({ rt, caller, origin, params }) => {
    mustMayCancel(await readSms(rt, caller, params.smsId));
    const requested = { ...params, caller, origin };
    const sms = (await recallSms(rt, requested)) ?? (await cancelSms(rt, requested));
    return { status: 200, body: toSmsView(sms), etag: sms.version };
  },
);
