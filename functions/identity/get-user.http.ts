import * as z from 'zod';
import { userIdSchema } from '../../lib/identity/model.ts';
import { getUser as getAccount } from '../../lib/identity/repository/users.ts';
import { accountView, toAccountView } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getUser = onHttp(
  {
    method: 'GET',
    path: '/v1/users/{userId}',
    summary: 'One account',
    tag: 'accounts',
    access: ['admin'],
    params: z.strictObject({ userId: userIdSchema }),
    answers: { 200: accountView },
    problems: { 'user-not-found': 'missing' },
  },
  async ({ rt, params }) => {
    const user = await getAccount(rt, params.userId);
    return { status: 200, body: toAccountView(user), etag: user.version };
  },
);
