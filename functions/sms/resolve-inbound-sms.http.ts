import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { inboundIdSchema, resolutions } from '../../lib/sms/core/inbound-model.ts';
import { inboundView, toInboundView } from '../../lib/sms/inbound/inbound-view.ts';
import { resolveInbound } from '../../lib/sms/inbound/resolve-inbound.ts';

export const resolveInboundSmsRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/inbound-sms/{inboundId}/resolve',
    summary: 'Resolve a likely opt-out',
    description:
      'As an opt-out or as none. An opt-out ends marketing to the phone, and debt texts where the law says so, exactly as the word STOP would have.',
    tag: 'inbound-sms',
    access: ['manager'],
    params: () => z.strictObject({ inboundId: inboundIdSchema }),
    body: () => z.strictObject({ as: z.enum(resolutions) }),
    answers: { 200: inboundView },
    problems: {
      'inbound-sms-not-found': 'missing',
      'inbound-sms-not-open': 'conflict',
      busy: 'unavailable',
    },
    example: { body: { as: 'stop' } },
  },
  async ({ rt, caller, origin, params, body }) => {
    const inbound = await resolveInbound(rt, { ...params, ...body, caller, origin });
    return { status: 200, body: toInboundView(inbound), etag: inbound.version };
  },
);
