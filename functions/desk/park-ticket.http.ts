import { actionProblems, ticketParams, viewFor } from '../../lib/desk/tickets/action-words.ts';
import { parkTicket as park } from '../../lib/desk/tickets/park-ticket.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const parkTicket = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/waiting',
    summary: 'Set a ticket aside until its client answers',
    description:
      'That frees your room for another one. After a day without an answer the ticket closes itself.',
    tag: 'tickets',
    access: ['executor'],
    params: ticketParams,
    ifMatch: 'optional',
    answers: { 200: ticketViewSchema },
    problems: actionProblems,
  },
  async ({ rt, caller, origin, params, ifMatch }) => {
    const ticket = await park(rt, { ...params, caller, origin, ifMatch });
    return { status: 200, body: viewFor(caller, ticket), etag: ticket.version };
  },
);
