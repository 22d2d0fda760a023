import * as z from 'zod';
import { deskIdSchema, lines, ticketStates, userIdSchema } from '../../lib/desk/model.ts';
import { listTickets } from '../../lib/desk/tickets/list-tickets.ts';
import { ticketSorts } from '../../lib/desk/tickets/ticket-lists.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { instant } from '../../lib/platform/clock.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

const yesOrNo = () => z.enum(['true', 'false']).optional();
type YesOrNo = 'true' | 'false' | undefined;

const isYes = (said: YesOrNo): boolean | undefined => (said === undefined ? undefined : said === 'true');

/** As the use case takes it. */
const asked = <
  Q extends { urgent?: YesOrNo; overdue?: YesOrNo; unread?: YesOrNo; updatedSince?: string | undefined },
>(
  query: Q,
) => ({
  ...query,
  urgent: isYes(query.urgent),
  overdue: isYes(query.overdue),
  unread: isYes(query.unread),
  updatedSince: query.updatedSince === undefined ? undefined : instant(Date.parse(query.updatedSince)),
});

export const listTicketsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/tickets',
    summary: 'List tickets',
    description:
      'Clients: their own. Executors: those they hold (held=now, the default) or held (held=before). Managers: those of a desk, of a client, in the hand of an executor, or of a line. Each list has filters and orders of its own (a table in docs/http-api.md); any other combination is 400 `filter-unsupported`. A page may hold fewer than `limit` and still have a next page.',
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
        executorId: userIdSchema
          .optional()
          .meta({ description: 'Managers only: what is in the hand of this executor.' }),
        line: z
          .enum(lines)
          .optional()
          .meta({ description: 'Managers only: what waits in this line of the desk, next served first.' }),
        state: z.enum(ticketStates).optional(),
        urgent: yesOrNo(),
        overdue: yesOrNo(),
        unread: yesOrNo().meta({ description: 'Whether the client wrote what you have not read.' }),
        updatedSince: z.iso
          .datetime()
          .optional()
          .meta({ description: 'Something was written at this instant or later.' }),
        sort: z.enum(ticketSorts).optional().meta({
          description: '`lastEntryAt` the latest first, the others the earliest first.',
        }),
      }),
    answers: { 200: () => pageOf(ticketViewSchema()) },
    problems: { 'filter-unsupported': 'invalid' },
  },
  async ({ rt, caller, query }) => ({ status: 200, body: await listTickets(rt, caller, asked(query)) }),
);
