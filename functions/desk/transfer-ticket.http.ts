import * as z from 'zod';
import { reasonSchema } from '../../lib/desk/executors/presence-view.ts';
import { deskIdSchema, userIdSchema } from '../../lib/desk/model.ts';
import {
  actionProblems,
  handingProblems,
  ticketParams,
  viewFor,
} from '../../lib/desk/tickets/action-words.ts';
import { transferTicket } from '../../lib/desk/tickets/transfer-ticket.ts';
import { ticketViewSchema } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

const reason = reasonSchema.optional();

export const transferTicketRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/transfer',
    summary: 'Transfer a ticket to an executor or a desk',
    description:
      'An executor must be online and have room, and has to accept the ticket. On another desk it joins the line of its class. Managers may transfer any open ticket to another desk; to give one to an executor they use assign.',
    tag: 'tickets',
    access: ['executor', 'manager'],
    params: ticketParams,
    body: () =>
      z.union([
        z.strictObject({ executorId: userIdSchema, reason }),
        z.strictObject({ deskId: deskIdSchema, reason }),
      ]),
    ifMatch: 'optional',
    answers: { 200: ticketViewSchema },
    problems: {
      ...actionProblems,
      ...handingProblems,
      'same-executor': 'unprocessable',
      'same-desk': 'unprocessable',
      'assign-instead': 'unprocessable',
      'desk-not-found': 'missing',
    },
    example: { body: { deskId: 'main', reason: 'Not ours' } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const { reason, ...to } = body;
    const ticket = await transferTicket(rt, { ...params, to, reason, caller, origin, ifMatch });
    return { status: 200, body: viewFor(caller, ticket), etag: ticket.version };
  },
);
