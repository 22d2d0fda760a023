import * as z from 'zod';
import { ticketIdSchema } from '../../lib/desk/model.ts';
import { readTicket } from '../../lib/desk/tickets/read-ticket.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { waitView } from '../../lib/desk/waiting/wait-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getTicketRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/tickets/{ticketId}',
    summary: 'Get a ticket',
    description: 'Clients see their own tickets, executors those they hold or held, managers all.',
    tag: 'tickets',
    access: ['client', 'executor', 'manager'],
    params: () => z.strictObject({ ticketId: ticketIdSchema }),
    answers: {
      200: () =>
        ticketViewSchema().extend({ queue: waitView().optional().meta({ description: 'While it waits.' }) }),
    },
    problems: { 'ticket-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => {
    const ticket = await readTicket(rt, caller, params.ticketId);
    return { status: 200, body: ticket, etag: ticket.version };
  },
);
