import type { Runtime } from '../platform/runtime.ts';
import { executorItems } from './core/executor-items.ts';
import { findTickets } from './core/ticket-repository.ts';
import type { Ticket } from './model.ts';

// What the desk lets live connections know: whose a thing is, at this moment.

/** Whose a ticket is. */
export type TicketAudience = Pick<Ticket, 'id' | 'clientId' | 'executorId' | 'deskId' | 'version'>;

/** Of the tickets that there are, by id; one request a hundred. */
export const findAudiences = async (
  rt: Runtime,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, TicketAudience>> => {
  const found = ticketIds.length > 0 ? await findTickets(rt, ticketIds) : [];
  return new Map(found.map((ticket) => [ticket.id, ticket]));
};

/** The home desk of an executor; undefined for whoever is none. */
export const findHomeDesk = async (rt: Runtime, executorId: string): Promise<string | undefined> =>
  (await executorItems.find(rt, { executorId }))?.homeDeskId;
