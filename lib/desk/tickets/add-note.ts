import type { Runtime } from '../../platform/runtime.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { announceEntry } from '../core/announcements.ts';
import { entryWrites } from '../core/card-repository.ts';
import { ticketUnchanged } from '../core/ticket-repository.ts';
import type { ThreadEntry } from '../model.ts';
import { actOnTicket, holderStays, type TicketCommand } from './act-on-ticket.ts';
import { type StaffEntry, staffEntry, staffEntryView, writtenAnswer, writtenAs } from './staff-entry.ts';

/** A note among staff, which clients never see. The ticket itself stays as it is. */
export const addNote = async (
  rt: Runtime,
  command: TicketCommand & { text: string; idempotency: Idempotency },
): Promise<StaffEntry> => {
  let entry: ThreadEntry = staffEntry(rt, 'note', command);
  await actOnTicket(rt, { action: 'note', command }, async (view) => {
    entry = { ...entry, authorAs: writtenAs(view) };
    return {
      ticket: view.ticket,
      change: {
        writes: [ticketUnchanged(rt, view.ticket), ...holderStays(rt, view)],
        events: [announceEntry(view.ticket, entry)],
      },
      writes: await entryWrites(rt, view.ticket, entry),
      details: { messageId: entry.messageId },
      answer: writtenAnswer(command.idempotency, entry),
    };
  });
  return staffEntryView().parse(entry);
};
