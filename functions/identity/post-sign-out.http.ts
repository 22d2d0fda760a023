import { presentedToken } from '../../lib/identity/sessions/presented-token.ts';
import { signOut } from '../../lib/identity/sessions/refresh-session.ts';
import { refreshBody } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { clearedCookie } from '../../lib/platform/http/session-cookie.ts';

export const postSignOutRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sign-out',
    summary: 'Sign out',
    description:
      'Ends the session of the refresh token. Its access tokens stay valid until they expire (10 minutes at most). An invalid token gets the same answer. Browsers send `X-Session: cookie` and no token; their cookie is cleared.',
    tag: 'sign-in',
    access: 'public',
    sessionCookie: true,
    body: refreshBody,
    answers: { 204: null },
  },
  async ({ rt, body, session }) => {
    await signOut(rt, presentedToken(session, body.refreshToken));
    return { status: 204, ...(session.kind === 'cookie' && { cookies: [clearedCookie(rt.env)] }) };
  },
);
