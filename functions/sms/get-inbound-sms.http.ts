import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { inboundIdSchema } from '../../lib/sms/core/inbound-model.ts';
import { inboundView, toInboundView } from '../../lib/sms/inbound/inbound-view.ts';
import { readInbound } from '../../lib/sms/inbound/read-inbound.ts';

export const getInboundSmsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/inbound-sms/{inboundId}',
    summary: 'Get an inbound SMS',
    tag: 'inbound-sms',
    access: ['manager', 'sms:read'],
    params: () => z.strictObject({ inboundId: inboundIdSchema }),
    answers: { 200: inboundView },
    problems: { 'inbound-sms-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => {
    const inbound = await readInbound(rt, caller, params.inboundId);
    return { status: 200, body: toInboundView(inbound), etag: inbound.version };
  },
);
