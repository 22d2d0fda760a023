import { onHttp } from '../../lib/platform/http/on-http.ts';
import { addEntity } from '../../lib/sms/registry/edit-entity.ts';
import { entityBody, entityProblems } from '../../lib/sms/registry/entity-body.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';

export const postLegalEntityRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/legal-entities',
    summary: 'Create a legal entity',
    description:
      'Its own window and limits may only be stricter than the standard window and the laws it names.',
    tag: 'legal-entities',
    access: ['manager'],
    body: entityBody,
    idempotent: true,
    location: '/v1/legal-entities/{entityId}',
    answers: { 201: entityView },
    problems: entityProblems,
    example: { body: { name: 'Collect LLC', country: 'RU', presets: { debt: ['RU-230'] } } },
  },
  async ({ rt, caller, origin, body, idempotency }) => {
    const entity = await addEntity(rt, { draft: body, caller, origin, idempotency });
    return { status: 201, body: entity, etag: entity.version };
  },
);
