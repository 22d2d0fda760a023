import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { leaveGroup } from '../../lib/sms/registry/edit-group.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';
import { noteSchema } from '../../lib/sms/registry/schemas.ts';

export const leaveEntityGroupRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/legal-entities/{entityId}/group/leave',
    summary: 'Remove a legal entity from its group',
    description:
      'Takes effect (`until`) on the first day that has not begun in any time zone yet, so that no recipient gets more SMS today.',
    tag: 'legal-entities',
    access: ['admin'],
    params: z.strictObject({ entityId: entityIdSchema }),
    body: z.strictObject({ reason: noteSchema }),
    answers: { 200: entityView },
    problems: {
      'legal-entity-not-found': 'missing',
      'groups-of-admins': 'forbidden',
      busy: 'unavailable',
    },
    example: { body: { reason: 'It was sold: another creditor.' } },
  },
  async ({ rt, caller, origin, params, body }) => {
    const entity = await leaveGroup(rt, { ...params, ...body, caller, origin });
    return { status: 200, body: entity, etag: entity.version };
  },
);
