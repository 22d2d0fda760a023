import type { Runtime } from '../../platform/runtime.ts';
import { type Change, joined } from '../../platform/storage/change.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import type { Write } from '../../platform/storage/write.ts';
import { announceEntry } from '../core/announcements.ts';
import { entryWrites } from '../core/card-repository.ts';
import { ticketUnchanged } from '../core/ticket-repository.ts';
import { replyPostedEvent } from '../events.ts';
import { useAttachments } from '../intake/uploads.ts';
import type { Ticket } from '../model.ts';
import { acceptance } from './accept-ticket.ts';
import { type ActionView, actOnTicket, holderStays, type TicketCommand } from './act-on-ticket.ts';
import { type StaffEntry, staffEntry, staffEntryView, writtenAnswer, writtenAs } from './staff-entry.ts';

type Reply = TicketCommand & {
  readonly text: string;
  readonly attachments?: readonly string[] | undefined;
  readonly idempotency: Idempotency;
};

/** A ticket assigned to whoever answers is accepted by it; any other stays as it is, and the commit holds it to that. */
const acceptanceByReply = (rt: Runtime, view: ActionView): { ticket: Ticket; change: Change } => {
  const { ticket, change } =
    view.as === 'executor' ? acceptance(rt, view, 'reply') : { ticket: view.ticket, change: undefined };
  const unchanged: Write[] = [ticketUnchanged(rt, ticket), ...holderStays(rt, view)];
  return { ticket, change: change ?? { writes: unchanged, events: [] } };
};

/** The executor, or a manager in their own name, answers the client (R-DESK-10). Throws `attachment-invalid` besides what every action throws. */
export const replyToTicket = async (rt: Runtime, command: Reply): Promise<StaffEntry> => {
  let entry = staffEntry(rt, 'reply', command);
  await actOnTicket(rt, { action: 'reply', command }, async (view) => {
    const { messageId, authorId } = entry;
    const use = { ownerId: authorId, uploadIds: command.attachments ?? [], usedBy: messageId };
    const { attachments, writes } = await useAttachments(rt, use);
    entry = { ...entry, attachments, authorAs: writtenAs(view) };
    const { ticket, change } = acceptanceByReply(rt, view);
    return {
      ticket,
      change: joined(change, {
        writes: [],
        events: [replyPostedEvent(ticket, entry), announceEntry(ticket, entry)],
      }),
      writes: [...(await entryWrites(rt, ticket, entry)), ...writes],
      details: { messageId },
      answer: writtenAnswer(command.idempotency, entry),
    };
  });
  return staffEntryView().parse(entry);
};
