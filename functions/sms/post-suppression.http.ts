import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { phoneSchema } from '../../lib/platform/input/phone.ts';
import { addSuppression } from '../../lib/sms/registry/edit-suppressions.ts';
import { suppressionView } from '../../lib/sms/registry/registry-view.ts';
import {
  countrySchema,
  everyEntitySchema,
  noteSchema,
  suppressedSchema,
} from '../../lib/sms/registry/schemas.ts';

export const postSuppressionRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/suppressions',
    summary: 'Create suppression',
    description: 'For one legal entity or, by default, for all; marketing unless other categories are named.',
    tag: 'suppressions',
    access: ['manager'],
    body: () =>
      z.strictObject({
        phone: phoneSchema,
        country: countrySchema.optional(),
        entityId: everyEntitySchema.default('*'),
        categories: suppressedSchema,
        reason: noteSchema,
      }),
    idempotent: true,
    answers: { 201: suppressionView },
    problems: { 'phone-invalid': 'unprocessable', 'otp-not-suppressible': 'unprocessable' },
    example: { body: { phone: '+79161234567', reason: 'asked by phone' } },
  },
  async ({ rt, caller, origin, body, idempotency }) => ({
    status: 201,
    body: await addSuppression(rt, { draft: body, caller, origin, idempotency }),
  }),
);
