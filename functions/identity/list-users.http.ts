import * as z from 'zod';
import { findUsers } from '../../lib/identity/users/find-users.ts';
import { userForAdmins, userForManagers } from '../../lib/identity/views.ts';
import { ROLES } from '../../lib/platform/caller.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { phoneSchema } from '../../lib/platform/input/phone.ts';

export const listUsersRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/users',
    summary: 'List users by role, or find one by phone',
    description:
      'Newest user first. Without a role: all staff. Managers see personal data, and may list clients only; admins also see roles and locks.',
    tag: 'users',
    access: ['manager', 'admin'],
    query: () => pageQuery().extend({ role: z.enum(ROLES).optional(), phone: phoneSchema.optional() }),
    answers: { 200: () => pageOf(z.union([userForAdmins(), userForManagers()])) },
    problems: { 'phone-invalid': 'unprocessable', 'phone-not-mobile': 'unprocessable' },
  },
  async ({ rt, caller, query }) => ({ status: 200, body: await findUsers(rt, { ...query, caller }) }),
);
