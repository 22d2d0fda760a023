import { actionProblems, ticketParams, viewFor } from '../../lib/desk/tickets/action-words.ts';
import { parkTicket } from '../../lib/desk/tickets/park-ticket.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const parkTicketRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/waiting',
    summary: 'Mark a ticket as waiting for its client',
    description:
      'The ticket no longer takes up your room. It closes automatically after a day without an answer unless changed (closeUnansweredSec).',
    tag: 'tickets',
    access: ['executor'],
    params: ticketParams,
    ifMatch: 'optional',
    answers: { 200: ticketViewSchema },
    problems: actionProblems,
  },
  async ({ rt, caller, origin, params, ifMatch }) => {
    const ticket = await parkTicket(rt, { ...params, caller, origin, ifMatch });
    return { status: 200, body: viewFor(caller, ticket), etag: ticket.version };
  },
);
