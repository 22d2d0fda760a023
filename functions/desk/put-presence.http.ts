import * as z from 'zod';
import { presenceIntents } from '../../lib/desk/executors/presence-rules.ts';
import { presenceView } from '../../lib/desk/executors/presence-view.ts';
import { setPresence } from '../../lib/desk/executors/set-presence.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const putPresence = onHttp(
  {
    method: 'PUT',
    path: '/v1/executors/me/presence',
    summary: 'Come online, drain, go away or go offline',
    description:
      'Draining keeps every ticket and gets no new one. Away keeps what is accepted until its client writes. Offline ' +
      'gives every ticket back to the line. Online and draining need heartbeats. Whoever misses too many tickets running ' +
      '(missesUntilAway, two unless changed) is set away: a ticket is missed when it is not accepted by its acceptBy. ' +
      'Tickets dealt in one hand count once, however many of them are missed, for they were dealt before the first of ' +
      'them was; the next missed ticket counts anew. Accepting a ticket ends the run.',
    tag: 'executors',
    access: ['executor'],
    rate: 'presence',
    body: z.strictObject({ presence: z.enum(presenceIntents) }),
    answers: { 200: presenceView },
    problems: { 'executor-not-found': 'missing' },
    example: { body: { presence: 'online' } },
  },
  async ({ rt, caller, body }) => {
    const view = await setPresence(rt, { executorId: caller.id, intent: body.presence });
    return { status: 200, body: view, etag: view.version };
  },
);
