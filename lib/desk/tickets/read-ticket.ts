import type { Caller } from '../../platform/caller.ts';
import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { getTicket, ticketMissing } from '../core/ticket-repository.ts';
import type { Ticket } from '../model.ts';
import { describeWait } from '../waiting/position.ts';
import type { WaitView } from '../waiting/wait-view.ts';
import { withCards } from './names.ts';
import { type Viewer, viewerOf } from './viewer.ts';
import { type TicketView, ticketView } from './views.ts';

/** A ticket, how this caller may see it, and until when what was written is theirs to read. Throws `ticket-not-found` for what they may not. */
export const getVisibleTicket = async (
  rt: Runtime,
  caller: Caller,
  ticketId: string,
): Promise<{ ticket: Ticket; viewer: Viewer; until: Instant | undefined }> => {
  const ticket = await getTicket(rt, ticketId);
  const viewer = viewerOf(caller, ticket);
  if (!viewer) throw ticketMissing();
  return { ticket, viewer, until: viewer === 'former' ? ticket.lostAt?.[caller.id] : undefined };
};

/** The ticket and, while it waits, its position in line and its deadline. */
export const readTicket = async (
  rt: Runtime,
  caller: Caller,
  ticketId: string,
): Promise<TicketView & { queue?: WaitView | undefined }> => {
  const { ticket, viewer } = await getVisibleTicket(rt, caller, ticketId);
  const queue = viewer === 'former' ? undefined : await describeWait(rt, ticket);
  const view = ticketView(ticket, viewer, caller.id);
  const [named = view] = await withCards(rt, [{ ticket, viewer, view }], {
    viewerId: caller.id,
    others: true,
  });
  return { ...named, ...(queue && { queue }) };
};
