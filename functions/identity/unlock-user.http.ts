import * as z from 'zod';
import { userIdSchema } from '../../lib/identity/model.ts';
import { unlockUser } from '../../lib/identity/users/change-user.ts';
import { toUserForAdmins, userForAdmins } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const unlockUserRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/users/{userId}/unlock',
    summary: 'Unlock a user',
    description: 'Sessions from before the lock stay ended.',
    tag: 'users',
    access: ['admin'],
    params: () => z.strictObject({ userId: userIdSchema }),
    answers: { 200: userForAdmins },
    problems: { 'user-not-found': 'missing' },
  },
  async ({ rt, caller, origin, params }) => {
    const user = await unlockUser(rt, { ...params, caller, origin });
    return { status: 200, body: toUserForAdmins(user), etag: user.version };
  },
);
