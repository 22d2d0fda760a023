import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { joinGroup } from '../../lib/sms/registry/edit-group.ts';
import { groupIdSchema } from '../../lib/sms/registry/entity-body.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';

export const putEntityGroup = onHttp(
  {
    method: 'PUT',
    path: '/v1/legal-entities/{entityId}/group',
    summary: 'Put a legal entity into a group, which shares the caps of the laws',
    description:
      'At once: from then on its messages and those of all others in the group count together. What it counted before goes on counting for it.',
    tag: 'legal-entities',
    access: ['admin'],
    params: z.strictObject({ entityId: entityIdSchema }),
    body: z.strictObject({ groupId: groupIdSchema }),
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
