import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { joinGroup } from '../../lib/sms/registry/edit-group.ts';
import { groupIdSchema } from '../../lib/sms/registry/entity-body.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';

export const putEntityGroupRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/legal-entities/{entityId}/group',
    summary: 'Add a legal entity to a group',
    description:
      'The entities of a group share the caps of the laws. Takes effect at once: from then on the SMS of all entities in the group count together. What the entity has sent before still counts for it.',
    tag: 'legal-entities',
    access: ['admin'],
    params: () => z.strictObject({ entityId: entityIdSchema }),
    body: () => z.strictObject({ groupId: groupIdSchema }),
    answers: { 200: entityView },
    problems: {
      'legal-entity-not-found': 'missing',
      'groups-of-admins': 'forbidden',
      'in-another-group': 'conflict',
      busy: 'unavailable',
    },
    example: { body: { groupId: 'creditor-7701234567' } },
  },
  async ({ rt, caller, origin, params, body }) => {
    const entity = await joinGroup(rt, { ...params, ...body, caller, origin });
    return { status: 200, body: entity, etag: entity.version };
  },
);
