import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { phonePathSchema } from '../../lib/platform/input/phone.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { revokeConsent } from '../../lib/sms/registry/edit-consents.ts';
import { consentView } from '../../lib/sms/registry/registry-view.ts';

export const deleteConsentRoute = onHttp(
  {
    method: 'DELETE',
    path: '/v1/consents/{entityId}/{phone}',
    summary: 'Withdraw a consent',
    description: 'From now on. The record stays, with both dates.',
    tag: 'consents',
    access: ['manager'],
    params: () => z.strictObject({ entityId: entityIdSchema, phone: phonePathSchema }),
    answers: { 200: consentView },
    problems: { 'consent-not-found': 'missing' },
  },
  async ({ rt, caller, origin, params }) => ({
    status: 200,
    body: await revokeConsent(rt, { ...params, caller, origin }),
  }),
);
