import * as z from 'zod';
import { reasonSchema } from '../../lib/desk/executors/presence-view.ts';
import { actionProblems, ticketParams, viewFor } from '../../lib/desk/tickets/action-words.ts';
import { setUrgency } from '../../lib/desk/tickets/set-urgency.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const setUrgencyRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/urgency',
    summary: "Set a ticket's urgency",
    description:
      'With a reason. A ticket in hand keeps its executor, even above the urgent cap. When a manager marks a ticket not urgent, its client cannot make it urgent for a day (notUrgentHoldSec): their urgent messages are treated as ordinary.',
    tag: 'tickets',
    access: ['executor', 'manager'],
    params: ticketParams,
    body: () => z.strictObject({ urgent: z.boolean(), reason: reasonSchema }),
    ifMatch: 'optional',
    answers: { 200: ticketViewSchema },
    problems: actionProblems,
    example: { body: { urgent: true, reason: 'No heating in winter' } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const ticket = await setUrgency(rt, { ...params, ...body, caller, origin, ifMatch });
    return { status: 200, body: viewFor(caller, ticket), etag: ticket.version };
  },
);
