import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { importSuppressions as importAll } from '../../lib/sms/registry/import-rows.ts';
import { importView } from '../../lib/sms/registry/registry-view.ts';
import {
  countrySchema,
  csvSchema,
  everyEntitySchema,
  suppressedSchema,
} from '../../lib/sms/registry/schemas.ts';

export const importSuppressions = onHttp(
  {
    method: 'POST',
    path: '/v1/suppressions/import',
    summary: 'Keep messages from many phones',
    description:
      'CSV with a column `phone` and perhaps `reason`, 1 000 rows at most. Commas, semicolons, tabs or bars; header in any case. A bad row is named with its problem, the rest goes in.',
    tag: 'suppressions',
    access: ['manager'],
    body: z.strictObject({
      csv: csvSchema,
      country: countrySchema.optional(),
      entityId: everyEntitySchema.default('*'),
      categories: suppressedSchema,
    }),
    idempotent: true,
    answers: { 200: importView },
    problems: { 'csv-invalid': 'unprocessable', 'otp-not-suppressible': 'unprocessable' },
    example: { body: { csv: 'phone,reason\n+79161234567,asked' } },
  },
  async ({ rt, caller, origin, body, idempotency }) => ({
    status: 200,
    body: await importAll(rt, { ...body, caller, origin, idempotency }),
  }),
);
