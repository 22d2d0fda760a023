import * as z from 'zod';
import { userIdSchema } from '../../lib/identity/model.ts';
import { unlockAccount } from '../../lib/identity/staff/change-account.ts';
import { accountView, toAccountView } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const unlockUserRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/users/{userId}/unlock',
    summary: 'Unlock a user',
    description: 'Sessions from before the lock stay ended.',
    tag: 'accounts',
    access: ['admin'],
    params: () => z.strictObject({ userId: userIdSchema }),
    answers: { 200: accountView },
    problems: { 'user-not-found': 'missing' },
  },
  async ({ rt, caller, origin, params }) => {
    const user = await unlockAccount(rt, { ...params, caller, origin });
    return { status: 200, body: toAccountView(user), etag: user.version };
  },
);
