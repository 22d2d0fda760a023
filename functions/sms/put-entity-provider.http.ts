import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { entityIdSchema, providerIdSchema } from '../../lib/sms/model.ts';
import { linkProvider } from '../../lib/sms/registry/edit-entity.ts';
import { senderSchema } from '../../lib/sms/registry/entity-body.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';

export const putEntityProviderRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/legal-entities/{entityId}/providers/{providerId}',
    summary: 'Allow a legal entity a provider',
    tag: 'legal-entities',
    access: ['manager', 'admin'],
    params: z.strictObject({ entityId: entityIdSchema, providerId: providerIdSchema }),
    body: z.strictObject({ sender: senderSchema.optional() }),
    answers: { 200: entityView },
    problems: {
      'legal-entity-not-found': 'missing',
      'own-entity-of-admins': 'forbidden',
      'entity-of-managers': 'forbidden',
      'own-needs-provider': 'conflict',
      'sms-provider-not-found': 'missing',
      'sender-not-allowed': 'unprocessable',
      'too-many-providers': 'conflict',
      busy: 'unavailable',
    },
    example: { body: { sender: 'COLLECT' } },
  },
  async ({ rt, caller, origin, params, body }) => {
    const entity = await linkProvider(rt, { ...params, ...body, caller, origin });
    return { status: 200, body: entity, etag: entity.version };
  },
);
