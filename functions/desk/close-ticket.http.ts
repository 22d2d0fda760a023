import * as z from 'zod';
import { reasonSchema } from '../../lib/desk/executors/presence-view.ts';
import { actionProblems, ticketParams, viewFor } from '../../lib/desk/tickets/action-words.ts';
import { closeTicket } from '../../lib/desk/tickets/close-ticket.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const closeTicketRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/close',
    summary: 'Close a ticket',
    description:
      "Final. Allowed to the ticket's client, the executor who holds it, and managers. A ticket still in line: its client or a manager.",
    tag: 'tickets',
    access: ['client', 'executor', 'manager'],
    params: ticketParams,
    body: () => z.strictObject({ reason: reasonSchema.optional() }).optional(),
    ifMatch: 'optional',
    answers: { 200: ticketViewSchema },
    problems: actionProblems,
    example: { body: { reason: 'Solved' } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const ticket = await closeTicket(rt, { ...params, ...body, caller, origin, ifMatch });
    return { status: 200, body: viewFor(caller, ticket), etag: ticket.version };
  },
);
