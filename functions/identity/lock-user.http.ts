import * as z from 'zod';
import { userIdSchema } from '../../lib/identity/model.ts';
import { lockUser } from '../../lib/identity/users/change-user.ts';
import { toUserForAdmins, userForAdmins } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { noteUpTo } from '../../lib/platform/input/pasted-text.ts';

export const lockUserRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/users/{userId}/lock',
    summary: 'Lock a user',
    description:
      'From now on no code is sent and no session can be refreshed; access tokens stay valid until they expire (10 minutes at most). Locking a locked user changes nothing.',
    tag: 'users',
    access: ['admin'],
    params: () => z.strictObject({ userId: userIdSchema }),
    body: () => z.strictObject({ reason: noteUpTo(500) }),
    answers: { 200: userForAdmins },
    problems: { 'user-not-found': 'missing', 'last-admin': 'conflict' },
    example: { body: { reason: 'phone stolen' } },
  },
  async ({ rt, caller, origin, params, body }) => {
    const user = await lockUser(rt, { ...params, ...body, caller, origin });
    return { status: 200, body: toUserForAdmins(user), etag: user.version };
  },
);
