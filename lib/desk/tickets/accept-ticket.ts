import type { Runtime } from '../../platform/runtime.ts';
import { type Change, joined } from '../../platform/storage/change.ts';
import { ticketChange } from '../core/change.ts';
import { accepted } from '../core/ticket-states.ts';
import type { Ticket } from '../model.ts';
import {
  type ActionView,
  actOnTicket,
  holderChange,
  holderStays,
  type TicketCommand,
} from './act-on-ticket.ts';

/** Whoever takes a ticket up has not missed it: the misses running end (R-DESK-09). */
const missesEnd = (rt: Runtime, view: ActionView): Change | undefined =>
  view.holder && view.holder.executor.missesRunning > 0
    ? holderChange(rt, view, (executor) => ({ ...executor, missesRunning: 0, version: executor.version + 1 }))
    : { writes: holderStays(rt, view), events: [] };

/** An assigned ticket becomes accepted; one that is already stays as it is. */
export const acceptance = (
  rt: Runtime,
  view: ActionView,
  by: 'accept' | 'reply',
): { ticket: Ticket; change: Change | undefined } => {
  const { ticket: before, at, limitsOf } = view;
  if (before.state !== 'assigned') return { ticket: before, change: undefined };
  const after = accepted(before, by, at);
  const change = ticketChange(rt, { before, after, limits: limitsOf(after.deskId), at, cause: 'accepted' });
  return { ticket: after, change: joined(change, missesEnd(rt, view)) };
};

/** The executor takes up a ticket assigned to them. Doing it twice is doing it once. */
export const acceptTicket = (rt: Runtime, command: TicketCommand): Promise<Ticket> =>
  actOnTicket(rt, { action: 'accept', command }, (view) => acceptance(rt, view, 'accept'));
