import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { phoneSchema } from '../../lib/platform/input/phone.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { addConsent } from '../../lib/sms/registry/edit-consents.ts';
import { consentView } from '../../lib/sms/registry/registry-view.ts';
import { countrySchema, noteSchema } from '../../lib/sms/registry/schemas.ts';

export const postConsentRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/consents',
    summary: 'Record a consent',
    description: 'The sender must be able to prove it: `proof` says where the proof is kept.',
    tag: 'consents',
    access: ['manager'],
    body: () =>
      z.strictObject({
        entityId: entityIdSchema,
        phone: phoneSchema,
        country: countrySchema.optional(),
        proof: noteSchema,
        grantedAt: z.iso
          .datetime()
          .optional()
          .meta({ description: 'When it was given, not in the future; left out: now.' }),
      }),
    idempotent: true,
    answers: { 201: consentView },
    problems: {
      'legal-entity-not-found': 'missing',
      'phone-invalid': 'unprocessable',
      'granted-at-invalid': 'unprocessable',
    },
    example: { body: { entityId: 'own', phone: '+79161234567', proof: 'form 17 of 2026-11-02' } },
  },
  async ({ rt, caller, origin, body, idempotency }) => ({
    status: 201,
    body: await addConsent(rt, { draft: body, caller, origin, idempotency }),
  }),
);
