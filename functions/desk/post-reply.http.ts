import * as z from 'zod';
import { attachmentsSchema } from '../../lib/desk/intake/attachments.ts';
import { textSchema } from '../../lib/desk/intake/message.ts';
import { actionProblems, ticketParams } from '../../lib/desk/tickets/action-words.ts';
import { replyToTicket } from '../../lib/desk/tickets/reply-to-ticket.ts';
import { staffEntryView } from '../../lib/desk/tickets/staff-entry.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postReplyRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/replies',
    summary: 'Reply to the client',
    description:
      'Replying to a ticket assigned to you accepts it. A manager may reply to any open ticket in their own name; the ticket keeps its executor.',
    tag: 'tickets',
    access: ['executor', 'manager'],
    params: ticketParams,
    body: () => z.strictObject({ text: textSchema, attachments: attachmentsSchema.optional() }),
    idempotent: true,
    ifMatch: 'optional',
    answers: { 201: staffEntryView },
    problems: { ...actionProblems, 'attachment-invalid': 'unprocessable' },
    example: { body: { text: 'We are on our way.' } },
  },
  async ({ rt, caller, origin, params, body, ifMatch, idempotency }) => ({
    status: 201,
    body: await replyToTicket(rt, { ...params, ...body, caller, origin, ifMatch, idempotency }),
  }),
);
