import * as z from 'zod';
import { refreshSession } from '../../lib/identity/sessions/refresh-session.ts';
import { tokensView } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postRefreshRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sign-in/refresh',
    summary: 'Refresh tokens',
    description:
      'Each refresh token can be used once; a repeat within ten seconds gets the same successor, in case the answer was lost. Use of an older token ends the session.',
    tag: 'sign-in',
    access: 'public',
    body: () => z.strictObject({ refreshToken: z.string().min(1).max(200) }),
    answers: { 200: tokensView },
    problems: { 'session-ended': 'unauthenticated' },
  },
  async ({ rt, body }) => ({ status: 200, body: await refreshSession(rt, body.refreshToken) }),
);
