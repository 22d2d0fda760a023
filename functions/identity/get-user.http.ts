import * as z from 'zod';
import { getUser } from '../../lib/identity/core/user-repository.ts';
import { userIdSchema } from '../../lib/identity/model.ts';
import {
  toUserForAdmins,
  toUserForManagers,
  userForAdmins,
  userForManagers,
} from '../../lib/identity/views.ts';
import { hasRole } from '../../lib/platform/caller.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getUserRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/users/{userId}',
    summary: 'Get a user',
    description: 'Managers see personal data; admins also see roles and the lock.',
    tag: 'users',
    access: ['manager', 'admin'],
    params: () => z.strictObject({ userId: userIdSchema }),
    answers: { 200: () => z.union([userForAdmins(), userForManagers()]) },
    problems: { 'user-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => {
    const user = await getUser(rt, params.userId);
    return hasRole(caller, 'admin')
      ? { status: 200, body: toUserForAdmins(user), etag: user.version }
      : { status: 200, body: toUserForManagers(user) };
  },
);
