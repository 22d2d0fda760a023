import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { replayIdSchema, replayView } from '../../lib/replay/replay-view.ts';
import { readReplay } from '../../lib/replay/request-replay.ts';

export const getReplayRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/replays/{replayId}',
    summary: 'Get a replay and, once done, its result',
    tag: 'replays',
    access: ['manager'],
    params: () => z.strictObject({ replayId: replayIdSchema }),
    answers: { 200: replayView },
    problems: { 'replay-not-found': 'missing' },
  },
  async ({ rt, params }) => ({ status: 200, body: await readReplay(rt, params.replayId) }),
);
