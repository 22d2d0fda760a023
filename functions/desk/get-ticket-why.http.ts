import * as z from 'zod';
import { explainTicket } from '../../lib/desk/insight/explain-ticket.ts';
import { whyView } from '../../lib/desk/insight/why-view.ts';
import { ticketIdSchema } from '../../lib/desk/model.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getTicketWhy = onHttp(
  {
    method: 'GET',
    path: '/v1/tickets/{ticketId}/why',
    summary: 'Why this ticket is with this executor, or why it still waits',
    description:
      'For an assigned ticket: the decision, from what the planner saw when it decided. For a waiting one: the same planner ' +
      'on the present state. Executors ask about tickets they hold or held.',
    tag: 'tickets',
    access: ['manager', 'executor'],
    params: z.strictObject({ ticketId: ticketIdSchema }),
    answers: { 200: whyView },
    problems: { 'ticket-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => ({
    status: 200,
    body: await explainTicket(rt, { caller, ticketId: params.ticketId }),
  }),
);
