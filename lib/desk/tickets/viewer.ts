// @pure

import type { Caller } from '../../platform/caller.ts';
import type { Ticket } from '../model.ts';

/** In whose eyes a ticket is shown (R-AUTH-05). `former`: an executor who has lost it (R-DESK-08). */
export type Viewer = 'client' | 'executor' | 'former' | 'manager';

/** How somebody may see a ticket; undefined: for them it does not exist. */
export const viewerOf = (
  caller: Caller,
  ticket: Pick<Ticket, 'clientId' | 'heldBy' | 'lostAt'>,
): Viewer | undefined => {
  if (caller.roles.includes('manager')) return 'manager';
  if (caller.roles.includes('executor') && ticket.heldBy.includes(caller.id)) {
    return ticket.lostAt?.[caller.id] ? 'former' : 'executor';
  }
  return caller.roles.includes('client') && ticket.clientId === caller.id ? 'client' : undefined;
};
