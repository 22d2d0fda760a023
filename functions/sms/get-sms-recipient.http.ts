import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { phonePathSchema } from '../../lib/platform/input/phone.ts';
import { findRecipientZone } from '../../lib/sms/core/recipient-repository.ts';
import { zoneSchema } from '../../lib/sms/registry/schemas.ts';

export const getSmsRecipientRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/sms-recipients/{phone}',
    summary: 'Get a recipient',
    tag: 'consents',
    access: ['manager', 'sms:read'],
    params: () => z.strictObject({ phone: phonePathSchema }),
    answers: { 200: () => z.object({ phone: z.string(), zone: zoneSchema.nullable() }) },
  },
  async ({ rt, params }) => {
    const phone = `+${params.phone.replace(/^\+/, '')}`;
    return { status: 200, body: { phone, zone: (await findRecipientZone(rt, phone)) ?? null } };
  },
);
