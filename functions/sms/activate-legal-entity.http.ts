import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { setEntityActive } from '../../lib/sms/registry/edit-entity.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';
import { noteSchema } from '../../lib/sms/registry/schemas.ts';

export const activateLegalEntityRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/legal-entities/{entityId}/activate',
    summary: 'Activate a legal entity',
    description: 'It may send again.',
    tag: 'legal-entities',
    access: ['manager', 'admin'],
    params: () => z.strictObject({ entityId: entityIdSchema }),
    body: () => z.strictObject({ reason: noteSchema.optional() }),
    answers: { 200: entityView },
    problems: {
      'legal-entity-not-found': 'missing',
      'own-entity-of-admins': 'forbidden',
      'entity-of-managers': 'forbidden',
      busy: 'unavailable',
    },
  },
  async ({ rt, caller, origin, params, body }) => {
    const entity = await setEntityActive(rt, { ...params, ...body, active: true, caller, origin });
    return { status: 200, body: entity, etag: entity.version };
  },
);
