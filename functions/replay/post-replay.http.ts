import { onHttp } from '../../lib/platform/http/on-http.ts';
import { replayRequest, replayView } from '../../lib/replay/replay-view.ts';
import { requestReplay } from '../../lib/replay/request-replay.ts';

export const postReplayRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/replays',
    summary: 'Start a replay of a desk',
    description:
      'Asynchronous: read the result by GET. Recomputes every decision of the period from its recorded inputs, then simulates the period from the journal under its own limits and under the requested ones, and compares waits, breaches and fairness.',
    tag: 'replays',
    access: ['manager'],
    body: replayRequest,
    idempotent: true,
    location: '/v1/replays/{replayId}',
    answers: { 202: replayView },
    problems: { 'desk-not-found': 'missing', 'invalid-range': 'invalid', 'limits-pair': 'unprocessable' },
    example: {
      body: {
        deskId: 'main',
        from: '2026-11-22T00:00:00Z',
        to: '2026-11-23T00:00:00Z',
        limits: { maxTicketsPerExecutor: 3 },
      },
    },
  },
  async ({ rt, caller, origin, body, idempotency }) => ({
    status: 202,
    body: await requestReplay(rt, { request: body, caller, origin, idempotency }),
  }),
);
