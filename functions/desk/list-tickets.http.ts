import * as z from 'zod';
import { deskIdSchema, lines, ticketStates, userIdSchema } from '../../lib/desk/model.ts';
import { listTickets } from '../../lib/desk/tickets/list-tickets.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

export const listTicketsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/tickets',
    summary: 'List tickets',
    description:
      'Newest first, a line in the order it is served. Clients: their own. Executors: those they hold (held=now, the default) or held (held=before). Managers: those of a desk or of a client. A page may hold fewer than `limit` and still have a next page.',
    tag: 'tickets',
    access: ['client', 'executor', 'manager'],
    query: () =>
      pageQuery().extend({
        held: z.enum(['now', 'before']).optional().meta({ description: 'Executors only.' }),
        deskId: deskIdSchema
          .optional()
          .meta({ description: 'Managers only. Default main, with a client any.' }),
        clientId: userIdSchema
          .optional()
          .meta({ description: 'Managers only: of this client, on any desk.' }),
        line: z
          .enum(lines)
          .optional()
          .meta({ description: 'Managers only: what waits in this line of the desk, next served first.' }),
        state: z.enum(ticketStates).optional().meta({ description: 'Clients and managers.' }),
      }),
    answers: { 200: () => pageOf(ticketViewSchema()) },
    problems: { 'filter-unsupported': 'invalid' },
  },
  async ({ rt, caller, query }) => ({ status: 200, body: await listTickets(rt, caller, query) }),
);
