import type { Caller } from '../../platform/auth/caller.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { describeWait } from '../insight/position.ts';
import type { WaitView } from '../insight/wait-view.ts';
import type { Ticket } from '../model.ts';
import { getTicket, ticketMissing } from '../repository/tickets.ts';
import { type TicketView, ticketView, type Viewer, viewerOf } from './views.ts';

/** A ticket and how this caller may see it. Throws `ticket-not-found` for what they may not. */
export const getVisibleTicket = async (
  rt: Runtime,
  caller: Caller,
  ticketId: string,
): Promise<{ ticket: Ticket; viewer: Viewer }> => {
  const ticket = await getTicket(rt, ticketId);
  const viewer = viewerOf(caller, ticket);
  if (!viewer) throw ticketMissing();
  return { ticket, viewer };
};

/** The ticket and, while it waits, where it stands in line and for how long it may. */
export const readTicket = async (
  rt: Runtime,
  caller: Caller,
  ticketId: string,
): Promise<TicketView & { queue?: WaitView | undefined }> => {
  const { ticket, viewer } = await getVisibleTicket(rt, caller, ticketId);
  const queue = await describeWait(rt, ticket);
  return { ...ticketView(ticket, viewer), ...(queue && { queue }) };
};
