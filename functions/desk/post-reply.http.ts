import * as z from 'zod';
import { actionProblems, ticketParams } from '../../lib/desk/action-words.ts';
import { attachmentsSchema } from '../../lib/desk/attachment-rules.ts';
import { textSchema } from '../../lib/desk/message-rules.ts';
import { replyToTicket } from '../../lib/desk/reply-to-ticket.ts';
import { staffEntryView } from '../../lib/desk/staff-entry.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postReply = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/replies',
    summary: 'Answer the client',
    description: 'A ticket assigned to you is accepted by it.',
    tag: 'tickets',
    access: ['executor'],
    params: ticketParams,
    body: z.strictObject({ text: textSchema, attachments: attachmentsSchema.optional() }),
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
