import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { getEntity } from '../../lib/sms/entity-repository.ts';
import { mustSeeEntity } from '../../lib/sms/key-access.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { entityProviderView } from '../../lib/sms/registry/registry-view.ts';

export const listEntityProvidersRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/legal-entities/{entityId}/providers',
    summary: 'List providers of a legal entity',
    description: 'With an empty list the own entity may use every enabled provider.',
    tag: 'legal-entities',
    access: ['manager', 'admin', 'sms:read'],
    params: () => z.strictObject({ entityId: entityIdSchema }),
    answers: { 200: () => z.object({ items: z.array(entityProviderView()) }) },
    problems: { 'legal-entity-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => {
    mustSeeEntity(caller, params.entityId);
    const { providers } = await getEntity(rt, params.entityId);
    return { status: 200, body: { items: providers.map((each) => ({ ...each })) } };
  },
);
