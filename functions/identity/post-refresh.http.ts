import { answerTokens, presentedToken } from '../../lib/identity/sessions/presented-token.ts';
import { refreshSession } from '../../lib/identity/sessions/refresh-session.ts';
import { refreshBody, tokensView } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postRefreshRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sign-in/refresh',
    summary: 'Refresh tokens',
    description:
      'Each refresh token can be used once; a repeat within ten seconds gets the same successor, in case the answer was lost. Use of an older token ends the session. Browsers send `X-Session: cookie` and no token.',
    tag: 'sign-in',
    access: 'public',
    sessionCookie: true,
    body: refreshBody,
    answers: { 200: tokensView },
    problems: { 'session-ended': 'unauthenticated' },
  },
  async ({ rt, body, session }) => {
    const tokens = await refreshSession(rt, presentedToken(session, body.refreshToken));
    return { status: 200, ...answerTokens(rt, session, tokens) };
  },
);
