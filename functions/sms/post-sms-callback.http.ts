import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { providerIdSchema } from '../../lib/sms/model.ts';
import { acceptCallback } from '../../lib/sms/sending/accept-callback.ts';

export const postSmsCallbackRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sms-callbacks/{providerId}/{pathSecret}',
    summary: 'Provider status callback',
    description:
      'For SMSC.ru, sms.ru and Twilio, each in its own format and with its own signature. The URL, including its secret, is `callbackUrl` of the provider.',
    tag: 'sms-providers',
    access: 'public',
    rate: 'service',
    params: () => z.strictObject({ providerId: providerIdSchema, pathSecret: z.string().min(1).max(100) }),
    rawBody: true,
    answers: { 200: { contentType: 'text/plain' }, 204: null },
    problems: { 'callback-refused': 'forbidden', 'callback-unreadable': 'invalid' },
  },
  async ({ rt, params, raw }) => {
    const answer = await acceptCallback(rt, { ...params, raw });
    return answer.status === 204 ? { status: 204 } : { status: 200, body: answer.text };
  },
);
