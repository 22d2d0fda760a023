import { getOwnUser } from '../../lib/identity/profile/profile.ts';
import { toUserView, userView } from '../../lib/identity/views.ts';
import { ROLES } from '../../lib/platform/caller.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getProfileRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/me',
    summary: 'Get your own user',
    tag: 'profile',
    access: ROLES,
    answers: { 200: userView },
    problems: { 'user-not-found': 'missing', 'session-ended': 'unauthenticated' },
  },
  async ({ rt, caller }) => ({ status: 200, body: toUserView(await getOwnUser(rt, caller)) }),
);
