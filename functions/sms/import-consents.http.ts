import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { importConsents } from '../../lib/sms/registry/import-rows.ts';
import { importView } from '../../lib/sms/registry/registry-view.ts';
import { countrySchema, csvSchema, zoneSchema } from '../../lib/sms/registry/schemas.ts';

export const importConsentsRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/consents/import',
    summary: 'Import consents',
    description:
      'CSV with columns `phone`, `proof` and optionally `grantedAt` (ISO 8601 or dd.mm.yyyy, in the past), at most 1 000 rows. Commas, semicolons, tabs or bars; header in any case. A bad row is reported with its problem, the others are imported.',
    tag: 'consents',
    access: ['manager'],
    body: () =>
      z.strictObject({
        csv: csvSchema,
        country: countrySchema.optional(),
        zone: zoneSchema.default('UTC').meta({
          description: 'IANA time zone of dates that carry no offset; a day begins at its midnight.',
        }),
        entityId: entityIdSchema,
      }),
    idempotent: true,
    answers: { 200: importView },
    problems: { 'csv-invalid': 'unprocessable', 'legal-entity-not-found': 'missing' },
    example: { body: { entityId: 'own', csv: 'phone,proof\n+79161234567,form 17' } },
  },
  async ({ rt, caller, origin, body, idempotency }) => ({
    status: 200,
    body: await importConsents(rt, { ...body, caller, origin, idempotency }),
  }),
);
