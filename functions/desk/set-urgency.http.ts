import * as z from 'zod';
import { reasonSchema } from '../../lib/desk/executors/presence-view.ts';
import { actionProblems, ticketParams, viewFor } from '../../lib/desk/tickets/action-words.ts';
import { setUrgency as setTicketUrgency } from '../../lib/desk/tickets/set-urgency.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const setUrgency = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/urgency',
    summary: 'Make a ticket urgent, or not, with a reason',
    description:
      'A ticket in hand stays where it is, even over the urgent cap. When a manager says that it is not urgent, its ' +
      'client cannot make it so for a day (notUrgentHoldSec): their urgent messages are taken as ordinary.',
    tag: 'tickets',
    access: ['executor', 'manager'],
    params: ticketParams,
    body: z.strictObject({ urgent: z.boolean(), reason: reasonSchema }),
    ifMatch: 'optional',
    answers: { 200: ticketViewSchema },
    problems: actionProblems,
    example: { body: { urgent: true, reason: 'No heating in winter' } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const ticket = await setTicketUrgency(rt, { ...params, ...body, caller, origin, ifMatch });
    return { status: 200, body: viewFor(caller, ticket), etag: ticket.version };
  },
);
