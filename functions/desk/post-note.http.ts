import * as z from 'zod';
import { textSchema } from '../../lib/desk/intake/message.ts';
import { actionProblems, ticketParams } from '../../lib/desk/tickets/action-words.ts';
import { addNote } from '../../lib/desk/tickets/add-note.ts';
import { staffEntryView } from '../../lib/desk/tickets/staff-entry.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postNoteRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/tickets/{ticketId}/notes',
    summary: 'Add a note for staff',
    description: 'Never shown to clients.',
    tag: 'tickets',
    access: ['executor', 'manager'],
    params: ticketParams,
    body: () => z.strictObject({ text: textSchema }),
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
