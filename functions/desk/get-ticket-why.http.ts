import * as z from 'zod';
import { explainTicket } from '../../lib/desk/insight/explain-ticket.ts';
import { whyView } from '../../lib/desk/insight/why-view.ts';
import { ticketIdSchema } from '../../lib/desk/model.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getTicketWhyRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/tickets/{ticketId}/why',
    summary: "Explain a ticket's assignment or wait",
    description:
      'For an assigned ticket: the recorded decision with the inputs of the planner. For a waiting ticket: the same planner run on the current state. Executors may read it for tickets they hold or held.',
    tag: 'tickets',
    access: ['manager', 'executor'],
    params: () => z.strictObject({ ticketId: ticketIdSchema }),
    answers: { 200: whyView },
    problems: { 'ticket-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => ({
    status: 200,
    body: await explainTicket(rt, { caller, ticketId: params.ticketId }),
  }),
);
