import * as z from 'zod';
import { userIdSchema } from '../../lib/identity/model.ts';
import { changeRoles } from '../../lib/identity/staff/change-account.ts';
import { accountView, rolesSchema, toAccountView } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const putUserRolesRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/users/{userId}/roles',
    summary: "Set a user's roles",
    description:
      'A new role takes effect with the next access token; a removed one within a minute. Nobody changes their own roles, and the last admin keeps the role.',
    tag: 'accounts',
    access: ['admin'],
    params: z.strictObject({ userId: userIdSchema }),
    body: z.strictObject({ roles: rolesSchema }),
    ifMatch: 'required',
    answers: { 200: accountView },
    problems: {
      'own-case': 'forbidden',
      'user-not-found': 'missing',
      'last-admin': 'conflict',
      stale: 'stale',
    },
    example: { body: { roles: ['client', 'executor'] } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const user = await changeRoles(rt, { ...params, ...body, ifMatch, caller, origin });
    return { status: 200, body: toAccountView(user), etag: user.version };
  },
);
