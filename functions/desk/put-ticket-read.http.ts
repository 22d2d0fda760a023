import * as z from 'zod';
import { actionProblems, ticketParams } from '../../lib/desk/tickets/action-words.ts';
import { markRead, readStateView } from '../../lib/desk/tickets/mark-read.ts';
import { instant } from '../../lib/platform/clock.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

const { 'ticket-not-found': missing, 'ticket-moved': moved, busy } = actionProblems;

export const putTicketReadRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/tickets/{ticketId}/read',
    summary: 'Mark a ticket as read up to an entry',
    description:
      'Only ever moves on, and not behind the last entry. The client and whoever holds the ticket see how far the other has read; how far managers have is shown to no client.',
    tag: 'tickets',
    access: ['client', 'executor', 'manager'],
    params: ticketParams,
    body: () =>
      z.strictObject({
        upTo: z.iso.datetime().meta({ description: '`at` of the last entry that was shown.' }),
      }),
    answers: { 200: readStateView },
    problems: { 'ticket-not-found': missing, 'ticket-moved': moved, busy },
    example: { body: { upTo: '2026-11-29T08:00:00.000Z' } },
  },
  async ({ rt, caller, params, body }) => ({
    status: 200,
    body: await markRead(rt, { ...params, caller, upTo: instant(Date.parse(body.upTo)) }),
  }),
);
