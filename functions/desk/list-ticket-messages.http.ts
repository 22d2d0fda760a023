import * as z from 'zod';
import { ticketIdSchema } from '../../lib/desk/model.ts';
import { readThread } from '../../lib/desk/tickets/read-thread.ts';
import { entryView } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

export const listTicketMessagesRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/tickets/{ticketId}/messages',
    summary: "List a ticket's thread",
    description: 'Oldest first. Notes are included for staff only.',
    tag: 'tickets',
    access: ['client', 'executor', 'manager'],
    params: () => z.strictObject({ ticketId: ticketIdSchema }),
    query: pageQuery,
    answers: { 200: () => pageOf(entryView()) },
    problems: { 'ticket-not-found': 'missing' },
  },
  async ({ rt, caller, params, query }) => ({
    status: 200,
    body: await readThread(rt, { caller, ...params, ...query }),
  }),
);
