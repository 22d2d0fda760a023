import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { getInbound } from '../../lib/sms/inbound/inbound-repository.ts';
import { inboundView, toInboundView } from '../../lib/sms/inbound/inbound-view.ts';
import { inboundIdSchema } from '../../lib/sms/inbound/model.ts';

export const getInboundSms = onHttp(
  {
    method: 'GET',
    path: '/v1/inbound-sms/{inboundId}',
    summary: 'A message from a phone',
    tag: 'inbound-sms',
    access: ['manager'],
    params: z.strictObject({ inboundId: inboundIdSchema }),
    answers: { 200: inboundView },
    problems: { 'inbound-sms-not-found': 'missing' },
  },
  async ({ rt, params }) => {
    const inbound = await getInbound(rt, params.inboundId);
    return { status: 200, body: toInboundView(inbound), etag: inbound.version };
  },
);
