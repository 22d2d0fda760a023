import * as z from 'zod';
import { signOut } from '../../lib/identity/sessions/refresh-session.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postSignOut = onHttp(
  {
    method: 'POST',
    path: '/v1/sign-out',
    summary: 'End the session of a refresh token',
    description:
      'An access token of it lives out its ten minutes. A token that is worth nothing gets the same answer.',
    tag: 'sign-in',
    access: 'public',
    body: z.strictObject({ refreshToken: z.string().min(1).max(200) }),
    answers: { 204: null },
  },
  async ({ rt, body }) => {
    await signOut(rt, body.refreshToken);
    return { status: 204 };
  },
);
