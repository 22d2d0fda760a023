import { acceptTicket } from '../../lib/desk/tickets/accept-ticket.ts';
import { actionProblems, ticketParams, viewFor } from '../../lib/desk/tickets/action-words.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const acceptTicketRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/accept',
    summary: 'Accept an assigned ticket',
    description: 'Accepting the same ticket again changes nothing.',
    tag: 'tickets',
    access: ['executor'],
    params: ticketParams,
    ifMatch: 'optional',
    answers: { 200: ticketViewSchema },
    problems: actionProblems,
  },
  async ({ rt, caller, origin, params, ifMatch }) => {
    const ticket = await acceptTicket(rt, { ...params, caller, origin, ifMatch });
    return { status: 200, body: viewFor(caller, ticket), etag: ticket.version };
  },
);
