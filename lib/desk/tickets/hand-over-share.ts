// @pure

import type { Executor, HandOver, Ticket } from '../model.ts';

const inHand = (ticket: Ticket, executor: Executor): boolean =>
  ticket.executorId === executor.id && (ticket.state === 'assigned' || ticket.state === 'accepted');

/** Whoever wrote first is served first; the id only breaks ties. */
export const earlierFirst = (a: Ticket, b: Ticket): number =>
  a.orderedAt < b.orderedAt || (a.orderedAt === b.orderedAt && a.id < b.id) ? -1 : 1;

export interface HandOverShare {
  /** Tickets to move, the earliest first. */
  readonly moving: readonly Ticket[];
  /** Ids in the set of open tickets that are not in their hand: they must not take room. */
  readonly strays: readonly string[];
}

/**
 * What leaves an executor's hand. `all`: whatever was leased before their epoch, so that a second run, or one after they
 * came back and were given new tickets, takes nothing more. `unaccepted`: what is only assigned, as long as they are
 * away. Parked tickets stay with them (R-DESK-08, R-DESK-10).
 */
export const handOverShare = (
  executor: Executor,
  tickets: readonly Ticket[],
  mode: HandOver,
): HandOverShare => {
  const held = tickets.filter((ticket) => inHand(ticket, executor));
  const own = new Set(held.map(({ id }) => id));
  const leaves = (ticket: Ticket): boolean =>
    mode === 'all'
      ? ticket.leaseEpoch !== executor.epoch
      : ticket.state === 'assigned' && executor.presence === 'away';
  return {
    moving: held.filter(leaves).sort(earlierFirst),
    strays: executor.open.filter((id) => !own.has(id)),
  };
};
