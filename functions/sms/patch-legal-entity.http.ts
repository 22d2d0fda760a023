import * as z from 'zod';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { editEntityByTwo } from '../../lib/sms/by-two-admins.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { entityChangeBody, entityProblems } from '../../lib/sms/registry/entity-body.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';
import { noteSchema } from '../../lib/sms/registry/schemas.ts';

export const patchLegalEntityRoute = onHttp(
  {
    method: 'PATCH',
    path: '/v1/legal-entities/{entityId}',
    summary: 'Update a legal entity',
    description:
      '`null` removes the window or the sender name. Admins change the own entity, managers every other one. A looser rule (a wider window or none, higher limits or none, fewer laws or stop words, transactional SMS at any hour, another country) needs an admin and a reason, and takes effect the next day (`next`); until then both rules apply. A stricter rule takes effect at once.',
    tag: 'legal-entities',
    access: ['manager', 'admin'],
    params: () => z.strictObject({ entityId: entityIdSchema }),
    body: () => entityChangeBody().extend({ reason: noteSchema.optional() }),
    ifMatch: 'required',
    location: { 202: '/v1/proposals/{area}/{proposalId}' },
    answers: { 200: entityView, 202: proposalView },
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
    const outcome = await editEntityByTwo(rt, { ...params, change, reason, ifMatch, caller, origin });
    if (outcome.kind === 'proposed')
      return { status: 202, body: outcome.proposal, etag: outcome.proposal.version };
    return { status: 200, body: outcome.value, etag: outcome.value.version };
  },
);
