import * as z from 'zod';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { leaveGroupByTwo } from '../../lib/sms/by-two-admins.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
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
    params: () => z.strictObject({ entityId: entityIdSchema }),
    body: () => z.strictObject({ reason: noteSchema }),
    location: { 202: '/v1/proposals/{area}/{proposalId}' },
    answers: { 200: entityView, 202: proposalView },
    problems: {
      'legal-entity-not-found': 'missing',
      'groups-of-admins': 'forbidden',
      busy: 'unavailable',
    },
    example: { body: { reason: 'It was sold: another creditor.' } },
  },
  async ({ rt, caller, origin, params, body }) => {
    const outcome = await leaveGroupByTwo(rt, { ...params, ...body, caller, origin });
    if (outcome.kind === 'proposed')
      return { status: 202, body: outcome.proposal, etag: outcome.proposal.version };
    return { status: 200, body: outcome.value, etag: outcome.value.version };
  },
);
