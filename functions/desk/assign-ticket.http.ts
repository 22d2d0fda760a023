import * as z from 'zod';
import { reasonSchema } from '../../lib/desk/executors/presence-view.ts';
import { userIdSchema } from '../../lib/desk/model.ts';
import {
  actionProblems,
  handingProblems,
  ticketParams,
  viewFor,
} from '../../lib/desk/tickets/action-words.ts';
import { assignTicket } from '../../lib/desk/tickets/assign-ticket.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

const body = z.strictObject({
  executorId: userIdSchema.meta({ description: 'Your own id takes the ticket over.' }),
  overCap: z.boolean().optional().meta({ description: 'Even when they are full; it is recorded as such.' }),
  reason: reasonSchema.optional(),
});

export const assignTicketRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/assign',
    summary: 'Assign a ticket to an executor',
    description:
      'The executor must be online. Replaces the current executor; no effect if the ticket is already assigned to this one.',
    tag: 'tickets',
    access: ['manager'],
    params: ticketParams,
    body,
    ifMatch: 'optional',
    answers: { 200: ticketViewSchema },
    problems: { ...actionProblems, ...handingProblems, 'executor-role-required': 'forbidden' },
    example: { body: { executorId: 'usr_0198f2a4-7c1e-7b4e-9d3a-5f6e7d8c9b0a', overCap: true } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const ticket = await assignTicket(rt, { ...params, ...body, caller, origin, ifMatch });
    return { status: 200, body: viewFor(caller, ticket), etag: ticket.version };
  },
);
