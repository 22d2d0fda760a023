import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { getEntity } from '../../lib/sms/entity-repository.ts';
import { mustSeeEntity } from '../../lib/sms/key-access.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { entityView, toEntityView } from '../../lib/sms/registry/registry-view.ts';

export const getLegalEntityRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/legal-entities/{entityId}',
    summary: 'Get a legal entity and its settings',
    tag: 'legal-entities',
    access: ['manager', 'admin', 'sms:read'],
    params: () => z.strictObject({ entityId: entityIdSchema }),
    answers: { 200: entityView },
    problems: { 'legal-entity-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => {
    mustSeeEntity(caller, params.entityId);
    const entity = await getEntity(rt, params.entityId);
    return { status: 200, body: toEntityView(entity), etag: entity.version };
  },
);
