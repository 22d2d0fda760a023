import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { leaveGroup } from '../../lib/sms/registry/edit-group.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';
import { noteSchema } from '../../lib/sms/registry/schemas.ts';

export const leaveEntityGroup = onHttp(
  {
    method: 'POST',
    path: '/v1/legal-entities/{entityId}/group/leave',
    summary: 'Take a legal entity out of its group, from the next day on',
    description:
      'From the first day on that has begun by no clock on Earth yet (`until`), so that no recipient gets more messages today.',
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
