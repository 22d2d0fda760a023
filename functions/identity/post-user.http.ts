import * as z from 'zod';
import { createUserByTwo } from '../../lib/identity/users/by-two-admins.ts';
import {
  localeSchema,
  nameSchema,
  rolesSchema,
  toUserForAdmins,
  userForAdmins,
} from '../../lib/identity/views.ts';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { phoneSchema } from '../../lib/platform/input/phone.ts';

export const postUserRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/users',
    summary: 'Create a user',
    description:
      'The user signs in with this phone and has these roles. If there is a user with this phone already (409 `phone-taken`), give them roles by PUT /v1/users/{userId}/roles. While there is another admin, a user with a role of staff is a proposal (202), which another admin approves.',
    tag: 'users',
    access: ['admin'],
    body: () =>
      z.strictObject({
        phone: phoneSchema,
        name: nameSchema,
        roles: rolesSchema,
        locale: localeSchema.optional(),
      }),
    idempotent: true,
    location: { 201: '/v1/users/{userId}', 202: '/v1/proposals/{area}/{proposalId}' },
    answers: { 201: userForAdmins, 202: proposalView },
    problems: {
      'phone-invalid': 'unprocessable',
      'phone-not-mobile': 'unprocessable',
      'phone-country': 'unprocessable',
      'phone-taken': 'conflict',
    },
    example: { body: { phone: '+7 916 123-45-67', name: 'Emma Executor', roles: ['executor'] } },
  },
  async ({ rt, caller, origin, body, idempotency }) => {
    const outcome = await createUserByTwo(rt, { ...body, caller, origin, idempotency });
    if (outcome.kind === 'proposed')
      return { status: 202, body: outcome.proposal, etag: outcome.proposal.version };
    return { status: 201, body: toUserForAdmins(outcome.value), etag: outcome.value.version };
  },
);
