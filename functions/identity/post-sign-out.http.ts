import * as z from 'zod';
import { signOut } from '../../lib/identity/sessions/refresh-session.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postSignOutRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sign-out',
    summary: 'Sign out',
    description:
      'Ends the session of the refresh token. Its access tokens stay valid until they expire (10 minutes at most). An invalid token gets the same answer.',
    tag: 'sign-in',
    access: 'public',
    body: () => z.strictObject({ refreshToken: z.string().min(1).max(200) }),
    answers: { 204: null },
  },
  async ({ rt, body }) => {
    await signOut(rt, body.refreshToken);
    return { status: 204 };
  },
);
