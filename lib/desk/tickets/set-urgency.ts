import { plusSeconds } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { joined } from '../../platform/storage/change.ts';
import { ticketChange } from '../core/change.ts';
import { loadOf, recounting } from '../core/executor.ts';
import { withStaffUrgency } from '../core/ticket-states.ts';
import type { Executor, Ticket } from '../model.ts';
import { type ActionView, actOnTicket, holderChange, type TicketCommand } from './act-on-ticket.ts';

/** The holder with the ticket counted anew; undefined while it takes no room. */
const recounted = ({ ticket, holder }: ActionView, urgent: boolean): Executor | undefined =>
  holder?.executor.open.includes(ticket.id)
    ? recounting(holder.executor, { id: ticket.id, urgent })
    : undefined;

/**
 * Sets or clears the urgency of an open ticket (R-DESK-13). One in hand stays where it is, even when that takes its
 * executor over the urgent cap: then the audit log says so. Its acceptance deadline stays as it was. A manager's "not
 * urgent" holds against the client's urgent messages for a while.
 */
export const setUrgency = (
  rt: Runtime,
  command: TicketCommand & { urgent: boolean; reason: string },
): Promise<Ticket> =>
  actOnTicket(rt, { action: 'urgency', command }, (view) => {
    const { ticket: before, as, at, limitsOf } = view;
    const { urgent, reason } = command;
    const limits = limitsOf(before.deskId);
    const holdUntil = as === 'manager' ? plusSeconds(at, limits.notUrgentHoldSec) : undefined;
    const after = withStaffUrgency(before, { urgent, at, holdUntil });
    if (after === before) return { ticket: before };
    const holder = recounted(view, urgent);
    const cap = holder && limitsOf(holder.homeDeskId).maxUrgentTicketsPerExecutor;
    const overUrgentCap = urgent && holder !== undefined && loadOf(holder).openUrgent > (cap ?? 0);
    const change = ticketChange(rt, { before, after, limits, at, cause: 'urgency' });
    return {
      ticket: after,
      change: joined(change, holder && holderChange(rt, view, () => holder)),
      details: { urgent, reason, ...(overUrgentCap && { overUrgentCap }) },
    };
  });
