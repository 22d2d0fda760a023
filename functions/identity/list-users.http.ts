import * as z from 'zod';
import { findAccounts } from '../../lib/identity/staff/find-accounts.ts';
import { accountView, personView } from '../../lib/identity/views.ts';
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
      'Newest account first. Without a role: all staff. Managers see personal data, and may list clients only; admins see accounts.',
    tag: 'accounts',
    access: ['manager', 'admin'],
    query: () => pageQuery().extend({ role: z.enum(ROLES).optional(), phone: phoneSchema.optional() }),
    answers: { 200: () => pageOf(z.union([accountView(), personView()])) },
    problems: { 'phone-invalid': 'unprocessable', 'phone-not-mobile': 'unprocessable' },
  },
  async ({ rt, caller, query }) => ({ status: 200, body: await findAccounts(rt, { ...query, caller }) }),
);
