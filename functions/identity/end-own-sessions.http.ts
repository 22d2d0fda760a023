import * as z from 'zod';
import { sessionIdSchema } from '../../lib/identity/model.ts';
import { endOtherSessions, endOwnSession } from '../../lib/identity/sessions/own-sessions.ts';
import { ROLES } from '../../lib/platform/caller.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const deleteOwnSessionRoute = onHttp(
  {
    method: 'DELETE',
    path: '/v1/me/sessions/{sessionId}',
    summary: 'End one of your sessions',
    description: 'It can no longer be refreshed; its access tokens end within a minute.',
    tag: 'sign-in',
    access: ROLES,
    params: () => z.strictObject({ sessionId: sessionIdSchema }),
    answers: { 204: null },
    problems: { 'session-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => {
    await endOwnSession(rt, { caller, ...params });
    return { status: 204 };
  },
);

export const deleteOtherSessionsRoute = onHttp(
  {
    method: 'DELETE',
    path: '/v1/me/sessions',
    summary: 'End all your other sessions',
    description: 'All but the one of this request.',
    tag: 'sign-in',
    access: ROLES,
    answers: { 204: null },
  },
  async ({ rt, caller }) => {
    await endOtherSessions(rt, caller);
    return { status: 204 };
  },
);
