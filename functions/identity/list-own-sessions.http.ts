import { listOwnSessions, sessionView } from '../../lib/identity/sessions/own-sessions.ts';
import { ROLES } from '../../lib/platform/caller.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

export const listOwnSessionsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/me/sessions',
    summary: 'List own sessions',
    description:
      'Newest first, those that go on. A session from before this list shows up with its next refresh.',
    tag: 'sign-in',
    access: ROLES,
    query: pageQuery,
    answers: { 200: () => pageOf(sessionView()) },
  },
  async ({ rt, caller, query }) => ({ status: 200, body: await listOwnSessions(rt, { caller, ...query }) }),
);
