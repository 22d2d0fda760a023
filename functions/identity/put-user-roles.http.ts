import * as z from 'zod';
import { userIdSchema } from '../../lib/identity/model.ts';
import { changeRolesByTwo } from '../../lib/identity/users/by-two-admins.ts';
import { rolesSchema, toUserForAdmins, userForAdmins } from '../../lib/identity/views.ts';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const putUserRolesRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/users/{userId}/roles',
    summary: "Set a user's roles",
    description:
      'A new role takes effect with the next access token; a removed one within a minute. Nobody changes their own roles, and the last admin keeps the role. While there is another admin, roles of staff are a proposal (202), which another admin approves.',
    tag: 'users',
    access: ['admin'],
    params: () => z.strictObject({ userId: userIdSchema }),
    body: () => z.strictObject({ roles: rolesSchema }),
    ifMatch: 'required',
    location: { 202: '/v1/proposals/{area}/{proposalId}' },
    answers: { 200: userForAdmins, 202: proposalView },
    problems: {
      'own-case': 'forbidden',
      'user-not-found': 'missing',
      'last-admin': 'conflict',
      stale: 'stale',
    },
    example: { body: { roles: ['client', 'executor'] } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const outcome = await changeRolesByTwo(rt, { ...params, ...body, ifMatch, caller, origin });
    if (outcome.kind === 'proposed')
      return { status: 202, body: outcome.proposal, etag: outcome.proposal.version };
    return { status: 200, body: toUserForAdmins(outcome.value), etag: outcome.value.version };
  },
);
