import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { entityIdSchema, providerIdSchema } from '../../lib/sms/model.ts';
import { unlinkProvider } from '../../lib/sms/registry/edit-entity.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';

export const deleteEntityProviderRoute = onHttp(
  {
    method: 'DELETE',
    path: '/v1/legal-entities/{entityId}/providers/{providerId}',
    summary: 'Remove a provider from a legal entity',
    tag: 'legal-entities',
    access: ['manager', 'admin'],
    params: () => z.strictObject({ entityId: entityIdSchema, providerId: providerIdSchema }),
    answers: { 200: entityView },
    problems: {
      'legal-entity-not-found': 'missing',
      'own-entity-of-admins': 'forbidden',
      'entity-of-managers': 'forbidden',
      'own-needs-provider': 'conflict',
      busy: 'unavailable',
    },
  },
  async ({ rt, caller, origin, params }) => {
    const entity = await unlinkProvider(rt, { ...params, caller, origin });
    return { status: 200, body: entity, etag: entity.version };
  },
);
