import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { importSuppressions } from '../../lib/sms/registry/import-rows.ts';
import { importView } from '../../lib/sms/registry/registry-view.ts';
import {
  countrySchema,
  csvSchema,
  everyEntitySchema,
  suppressedSchema,
} from '../../lib/sms/registry/schemas.ts';

export const importSuppressionsRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/suppressions/import',
    summary: 'Import suppressions',
    description:
      'CSV with a column `phone` and optionally `reason`, at most 1 000 rows. Commas, semicolons, tabs or bars; header in any case. A bad row is reported with its problem, the others are imported.',
    tag: 'suppressions',
    access: ['manager'],
    body: () =>
      z.strictObject({
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
    body: await importSuppressions(rt, { ...body, caller, origin, idempotency }),
  }),
);
