import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { editEntity } from '../../lib/sms/registry/edit-entity.ts';
import { entityChangeBody, entityProblems } from '../../lib/sms/registry/entity-body.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';
import { noteSchema } from '../../lib/sms/registry/schemas.ts';

export const patchLegalEntity = onHttp(
  {
    method: 'PATCH',
    path: '/v1/legal-entities/{entityId}',
    summary: "Change a legal entity's name, presets, window or limits",
    description:
      '`null` takes the window or the sender name away. The own entity is the admins’, every other one the managers’. What is looser than it is (a wider window or none, higher or no limits, fewer laws or stop words, transactional messages at any hour, another country) is an admin’s, with a reason, from the next day on (`next`); until then what both allow. What is stricter binds at once.',
    tag: 'legal-entities',
    access: ['manager', 'admin'],
    params: z.strictObject({ entityId: entityIdSchema }),
    body: entityChangeBody.extend({ reason: noteSchema.optional() }),
    ifMatch: 'required',
    answers: { 200: entityView },
    problems: {
      ...entityProblems,
      'legal-entity-not-found': 'missing',
      'own-entity-of-admins': 'forbidden',
      'entity-of-managers': 'forbidden',
      'looser-needs-admin': 'forbidden',
      'reason-required': 'unprocessable',
      stale: 'stale',
    },
    example: { body: { window: { from: '10:00', to: '18:00' } } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const { reason, ...change } = body;
    const entity = await editEntity(rt, { ...params, change, reason, ifMatch, caller, origin });
    return { status: 200, body: entity, etag: entity.version };
  },
);
