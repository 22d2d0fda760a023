import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { providerIdSchema } from '../../lib/sms/model.ts';
import { acceptInbound } from '../../lib/sms/sending/accept-callback.ts';

export const postSmsInboundRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sms-inbound/{providerId}/{pathSecret}',
    summary: 'Provider inbound SMS callback',
    description:
      'Stored and listed (`GET /v1/inbound-sms`). STOP and similar words end marketing to the phone, START undoes it. For Twilio; the URL is `inboundUrl` of the provider.',
    tag: 'sms-providers',
    access: 'public',
    rate: 'service',
    params: () => z.strictObject({ providerId: providerIdSchema, pathSecret: z.string().min(1).max(100) }),
    rawBody: true,
    answers: { 200: { contentType: 'text/plain' }, 204: null },
    problems: { 'callback-refused': 'forbidden', 'callback-unreadable': 'invalid' },
  },
  async ({ rt, params, raw }) => {
    const answer = await acceptInbound(rt, { ...params, raw });
    return answer.status === 204 ? { status: 204 } : { status: 200, body: answer.text };
  },
);
