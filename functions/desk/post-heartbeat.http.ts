import { heartbeat } from '../../lib/desk/executors/heartbeat.ts';
import { presenceView } from '../../lib/desk/executors/presence-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postHeartbeatRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/executors/me/heartbeat',
    summary: 'Send a heartbeat',
    description:
      'A suspect executor whose heartbeat arrives before reconnectUntil keeps every ticket. After that the answer says offline: come online again.',
    tag: 'executors',
    access: ['executor'],
    rate: 'presence',
    answers: { 200: presenceView },
    problems: { 'executor-not-found': 'missing' },
  },
  async ({ rt, caller }) => ({ status: 200, body: await heartbeat(rt, caller.id) }),
);
