import { plusSeconds } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { joined } from '../../platform/storage/change.ts';
import { ticketChange } from '../core/change.ts';
import { ownLine, passingOver, requeued } from '../core/ticket-states.ts';
import type { Ticket } from '../model.ts';
import { actOnTicket, holderReleases, type TicketCommand } from './act-on-ticket.ts';

/**
 * The executor does not take it: back to its own class's line, and they are passed over for it for a while. After
 * that they may get it again, so that the decline of a sole executor strands nothing (R-DESK-10). It is not a miss.
 */
export const declineTicket = (
  rt: Runtime,
  command: TicketCommand & { reason?: string | undefined },
): Promise<Ticket> =>
  actOnTicket(rt, { action: 'decline', command }, (view) => {
    const { ticket: before, at, limitsOf } = view;
    const limits = limitsOf(before.deskId);
    const until = plusSeconds(at, limits.passedOverAfterDeclineSec);
    const inLine = requeued(before, { line: ownLine(before), at });
    const after = passingOver(inLine, command.caller.id, { at, until });
    const change = ticketChange(rt, { before, after, limits, at, cause: 'declined' });
    return {
      ticket: after,
      change: joined(change, holderReleases(rt, view)),
      details: { reason: command.reason },
    };
  });
