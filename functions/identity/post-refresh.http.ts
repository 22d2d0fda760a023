import * as z from 'zod';
import { refreshSession } from '../../lib/identity/sessions/refresh-session.ts';
import { tokensView } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postRefresh = onHttp(
  {
    method: 'POST',
    path: '/v1/sign-in/refresh',
    summary: 'Trade a refresh token for new tokens',
    description:
      'Each refresh token is good once; for ten seconds more it gets the same successor, in case the answer was lost. ' +
      'An older one ends the session.',
    tag: 'sign-in',
    access: 'public',
    body: z.strictObject({ refreshToken: z.string().min(1).max(200) }),
    answers: { 200: tokensView },
    problems: { 'session-ended': 'unauthenticated' },
  },
  async ({ rt, body }) => ({ status: 200, body: await refreshSession(rt, body.refreshToken) }),
);
