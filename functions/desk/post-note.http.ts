import * as z from 'zod';
import { actionProblems, ticketParams } from '../../lib/desk/action-words.ts';
import { addNote } from '../../lib/desk/add-note.ts';
import { textSchema } from '../../lib/desk/message-rules.ts';
import { staffEntryView } from '../../lib/desk/staff-entry.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postNote = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/notes',
    summary: 'Add a note that clients never see',
    tag: 'tickets',
    access: ['executor', 'manager'],
    params: ticketParams,
    body: z.strictObject({ text: textSchema }),
    idempotent: true,
    ifMatch: 'optional',
    answers: { 201: staffEntryView },
    problems: actionProblems,
    example: { body: { text: 'Called back, nobody answered.' } },
  },
  async ({ rt, caller, origin, params, body, ifMatch, idempotency }) => ({
    status: 201,
    body: await addNote(rt, { ...params, ...body, caller, origin, ifMatch, idempotency }),
  }),
);
