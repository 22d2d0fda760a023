import * as z from 'zod';
import { createAccount } from '../../lib/identity/staff/create-account.ts';
import {
  accountView,
  localeSchema,
  nameSchema,
  rolesSchema,
  toAccountView,
} from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { phoneSchema } from '../../lib/platform/input/phone.ts';

export const postUserRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/users',
    summary: 'Create a user',
    description:
      'They sign in with this phone, in these roles. If the phone already has an account, use the roles endpoint instead.',
    tag: 'accounts',
    access: ['admin'],
    body: z.strictObject({
      phone: phoneSchema,
      name: nameSchema,
      roles: rolesSchema,
      locale: localeSchema.optional(),
    }),
    idempotent: true,
    location: '/v1/users/{userId}',
    answers: { 201: accountView },
    problems: {
      'phone-invalid': 'unprocessable',
      'phone-not-mobile': 'unprocessable',
      'phone-country': 'unprocessable',
      'phone-taken': 'conflict',
    },
    example: { body: { phone: '+7 916 123-45-67', name: 'Emma Executor', roles: ['executor'] } },
  },
  async ({ rt, caller, origin, body, idempotency }) => {
    const user = await createAccount(rt, { ...body, caller, origin, idempotency });
    return { status: 201, body: toAccountView(user), etag: user.version };
  },
);
