import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { setEntityActive } from '../../lib/sms/registry/edit-entity.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';
import { noteSchema } from '../../lib/sms/registry/schemas.ts';

export const deactivateLegalEntityRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/legal-entities/{entityId}/deactivate',
    summary: 'Deactivate a legal entity',
    description:
      'Its deferred and queued SMS are denied when they become due. The own entity cannot be deactivated: it sends sign-in codes.',
    tag: 'legal-entities',
    access: ['manager', 'admin'],
    params: () => z.strictObject({ entityId: entityIdSchema }),
    body: () => z.strictObject({ reason: noteSchema.optional() }),
    answers: { 200: entityView },
    problems: {
      'legal-entity-not-found': 'missing',
      'own-entity-of-admins': 'forbidden',
      'entity-of-managers': 'forbidden',
      'own-stays-active': 'conflict',
      busy: 'unavailable',
    },
  },
  async ({ rt, caller, origin, params, body }) => {
    const entity = await setEntityActive(rt, { ...params, ...body, active: false, caller, origin });
    return { status: 200, body: entity, etag: entity.version };
  },
);
