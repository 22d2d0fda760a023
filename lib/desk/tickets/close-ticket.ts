import type { Runtime } from '../../platform/runtime.ts';
import { joined } from '../../platform/storage/change.ts';
import { entryWrites } from '../core/card-repository.ts';
import { ticketChange } from '../core/change.ts';
import { closed } from '../core/ticket-states.ts';
import type { Ticket } from '../model.ts';
import { actOnTicket, holderReleases, type TicketCommand } from './act-on-ticket.ts';

/** Client, executor or manager closes an open ticket. That is final, and the thread says so (R-DESK-10). */
export const closeTicket = (
  rt: Runtime,
  command: TicketCommand & { reason?: string | undefined },
): Promise<Ticket> =>
  actOnTicket(rt, { action: 'close', command }, async (view) => {
    const { ticket: before, at, limitsOf } = view;
    const { caller, reason } = command;
    const after = closed(before, caller.id, at);
    const change = ticketChange(rt, { before, after, limits: limitsOf(after.deskId), at, cause: 'closed' });
    const writes = await entryWrites(rt, before, {
      messageId: rt.ids.next('msg'),
      ticketId: before.id,
      kind: 'system',
      authorId: caller.id,
      at,
      text: reason ? `Closed: ${reason}` : 'Closed',
      attachments: [],
    });
    return {
      ticket: after,
      change: joined(change, holderReleases(rt, view)),
      writes,
      details: { reason },
    };
  });
