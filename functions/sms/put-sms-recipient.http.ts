import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { phonePathSchema } from '../../lib/platform/input/phone.ts';
import { setRecipientZone } from '../../lib/sms/registry/edit-consents.ts';
import { zoneSchema } from '../../lib/sms/registry/schemas.ts';

export const putSmsRecipientRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/sms-recipients/{phone}',
    summary: "Set a recipient's time zone",
    description: "Unknown (`null`): only the hours that are legal in every zone of the number's country.",
    tag: 'consents',
    access: ['manager', 'sms:send'],
    params: () => z.strictObject({ phone: phonePathSchema }),
    body: () => z.strictObject({ zone: zoneSchema.nullable() }),
    answers: { 200: () => z.object({ phone: z.string(), zone: zoneSchema.nullable() }) },
    problems: { 'phone-invalid': 'unprocessable' },
    example: { body: { zone: 'Asia/Novosibirsk' } },
  },
  async ({ rt, caller, origin, params, body }) => ({
    status: 200,
    body: await setRecipientZone(rt, { ...params, ...body, caller, origin }),
  }),
);
