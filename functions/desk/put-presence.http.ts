import * as z from 'zod';
import { presenceIntents } from '../../lib/desk/core/presence.ts';
import { presenceView } from '../../lib/desk/executors/presence-view.ts';
import { setPresence } from '../../lib/desk/executors/set-presence.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const putPresenceRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/executors/me/presence',
    summary: 'Set your presence',
    description:
      '`draining` keeps every ticket and gets no new one. `away` keeps accepted tickets until their client writes. `offline` returns every ticket to the line. `online` and `draining` need heartbeats. An executor who misses missesUntilAway tickets in a row (2 unless changed) is set away: a ticket is missed when it is not accepted by its acceptBy. Tickets assigned together count once, however many of them are missed; the next missed ticket counts again. Accepting a ticket resets the count.',
    tag: 'executors',
    access: ['executor'],
    rate: 'presence',
    body: () => z.strictObject({ presence: z.enum(presenceIntents) }),
    answers: { 200: presenceView },
    problems: { 'executor-not-found': 'missing' },
    example: { body: { presence: 'online' } },
  },
  async ({ rt, caller, body }) => {
    const view = await setPresence(rt, { executorId: caller.id, intent: body.presence });
    return { status: 200, body: view, etag: view.version };
  },
);
