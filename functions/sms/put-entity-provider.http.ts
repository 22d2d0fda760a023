import * as z from 'zod';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { linkProviderByTwo } from '../../lib/sms/by-two-admins.ts';
import { entityIdSchema, providerIdSchema } from '../../lib/sms/model.ts';
import { senderSchema } from '../../lib/sms/registry/entity-body.ts';
import { entityView } from '../../lib/sms/registry/registry-view.ts';

export const putEntityProviderRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/legal-entities/{entityId}/providers/{providerId}',
    summary: 'Allow a legal entity a provider',
    tag: 'legal-entities',
    access: ['manager', 'admin'],
    params: () => z.strictObject({ entityId: entityIdSchema, providerId: providerIdSchema }),
    body: () => z.strictObject({ sender: senderSchema.optional() }),
    location: { 202: '/v1/proposals/{area}/{proposalId}' },
    answers: { 200: entityView, 202: proposalView },
    problems: {
      'legal-entity-not-found': 'missing',
      'own-entity-of-admins': 'forbidden',
      'entity-of-managers': 'forbidden',
      'own-needs-provider': 'conflict',
      'sms-provider-not-found': 'missing',
      'sender-not-allowed': 'unprocessable',
      'too-many-providers': 'conflict',
      busy: 'unavailable',
    },
    example: { body: { sender: 'COLLECT' } },
  },
  async ({ rt, caller, origin, params, body }) => {
    const outcome = await linkProviderByTwo(rt, { ...params, ...body, caller, origin });
    if (outcome.kind === 'proposed')
      return { status: 202, body: outcome.proposal, etag: outcome.proposal.version };
    return { status: 200, body: outcome.value, etag: outcome.value.version };
  },
);
