import * as events from '../../lib/desk/events.ts';
import { recordJournal } from '../../lib/desk/journal/record-journal.ts';
import { keepUser } from '../../lib/desk/users/keep-user.ts';
import { userChanged } from '../../lib/identity/events.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';

/** Writes down what a replay of a day needs to know, and keeps a copy of the users of identity. */
export const handler = onEvents({
  queue: 'desk-events',
  on: [
    userChanged.to(keepUser),
    events.messageDelivered.to(recordJournal),
    events.waitWarned.to(recordJournal),
    events.ticketOverdue.to(recordJournal),
    events.limitsChanged.to(recordJournal),
  ],
});
