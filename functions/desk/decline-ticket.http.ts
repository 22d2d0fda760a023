import * as z from 'zod';
import { reasonSchema } from '../../lib/desk/executors/presence-view.ts';
import { actionProblems, ticketParams, viewFor } from '../../lib/desk/tickets/action-words.ts';
import { declineTicket } from '../../lib/desk/tickets/decline-ticket.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const declineTicketRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/decline',
    summary: 'Decline an assigned ticket',
    description:
      'The ticket returns to the line of its own class. You are not considered for it again for five minutes unless changed (passedOverAfterDeclineSec).',
    tag: 'tickets',
    access: ['executor'],
    params: ticketParams,
    body: () => z.strictObject({ reason: reasonSchema.optional() }).optional(),
    ifMatch: 'optional',
    answers: { 200: ticketViewSchema },
    problems: actionProblems,
    example: { body: { reason: 'Needs an electrician' } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const ticket = await declineTicket(rt, { ...params, ...body, caller, origin, ifMatch });
    return { status: 200, body: viewFor(caller, ticket), etag: ticket.version };
  },
);
