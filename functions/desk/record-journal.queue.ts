import * as events from '../../lib/desk/events.ts';
import { recordJournal } from '../../lib/desk/replay/record-journal.ts';
import { onEvents } from '../../lib/platform/events/on-events.ts';

/** What a replay of a day needs to know. */
export const handler = onEvents({
  queue: 'journal',
  on: [
    events.messageDelivered.to(recordJournal),
    events.orphanedQueued.to(recordJournal),
    events.urgentQueued.to(recordJournal),
    events.newQueued.to(recordJournal),
    events.ticketAccepted.to(recordJournal),
    events.ticketReleased.to(recordJournal),
    events.ticketClosed.to(recordJournal),
    events.ticketUrgencySet.to(recordJournal),
    events.waitWarned.to(recordJournal),
    events.ticketOverdue.to(recordJournal),
    events.presenceChanged.to(recordJournal),
    events.limitsChanged.to(recordJournal),
  ],
});
