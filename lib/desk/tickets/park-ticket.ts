import { plusSeconds } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { joined } from '../../platform/storage/change.ts';
import { ticketChange } from '../core/change.ts';
import { parking } from '../core/executor.ts';
import { parked } from '../core/ticket-states.ts';
import type { Ticket } from '../model.ts';
import { actOnTicket, holderChange, type TicketCommand } from './act-on-ticket.ts';

/** Marks a ticket as waiting for its client, which frees its executor's room. Doing it twice is doing it once. */
export const parkTicket = (rt: Runtime, command: TicketCommand): Promise<Ticket> =>
  actOnTicket(rt, { action: 'park', command }, (view) => {
    const { ticket: before, at, limitsOf } = view;
    if (before.state === 'waitingClient') return { ticket: before };
    const limits = limitsOf(before.deskId);
    const after = parked(before, { at, closesAt: plusSeconds(at, limits.closeUnansweredSec) });
    const change = ticketChange(rt, { before, after, limits, at, cause: 'parked' });
    const holder = holderChange(rt, view, (executor) => parking(executor, before.id));
    return { ticket: after, change: joined(change, holder) };
  });
