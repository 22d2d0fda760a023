import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { joined } from '../../platform/storage/change.ts';
import { ticketChange } from '../core/change.ts';
import { getDesk } from '../core/desk-repository.ts';
import { findLimits } from '../core/limit-repository.ts';
import { ownLine, requeued } from '../core/ticket-states.ts';
import type { Ticket } from '../model.ts';
import {
  type ActionOutcome,
  type ActionView,
  actOnTicket,
  holderReleases,
  type TicketCommand,
} from './act-on-ticket.ts';
import { handTo } from './hand-to-executor.ts';

export type TransferTarget = { readonly executorId: string } | { readonly deskId: string };

/** To a desk: its own class's line there, no longer promoted. Throws `desk-not-found`, `same-desk`. */
const toDesk = async (rt: Runtime, view: ActionView, deskId: string): Promise<ActionOutcome> => {
  const { ticket: before, as, at } = view;
  if (as === 'manager' && deskId === before.deskId) {
    throw new AppError('unprocessable', 'same-desk', 'the ticket is on this desk already');
  }
  const [desk, limits] = await Promise.all([getDesk(rt, deskId), findLimits(rt, deskId)]);
  const after = requeued(before, { line: ownLine(before), at, deskId: desk.id });
  const change = ticketChange(rt, { before, after, limits, at, cause: 'transferred' });
  return { ticket: after, change: joined(change, holderReleases(rt, view)), details: { deskId: desk.id } };
};

const toExecutor = (rt: Runtime, view: ActionView, executorId: string): Promise<ActionOutcome> => {
  if (view.as === 'manager') {
    throw new AppError(
      'unprocessable',
      'assign-instead',
      'a manager gives a ticket to an executor by assigning it',
    );
  }
  const actorId = view.ticket.executorId ?? '';
  if (executorId === actorId) {
    throw new AppError('unprocessable', 'same-executor', 'the ticket is yours already');
  }
  return handTo(rt, view, { executorId, rule: 'transfer', actorId });
};

/** The executor passes a ticket on, to an executor who has room or to a desk; a manager to a desk (R-DESK-10). */
export const transferTicket = (
  rt: Runtime,
  command: TicketCommand & { to: TransferTarget; reason?: string | undefined },
): Promise<Ticket> =>
  actOnTicket(rt, { action: 'transfer', command }, async (view) => {
    const { to, reason } = command;
    const outcome =
      'deskId' in to ? await toDesk(rt, view, to.deskId) : await toExecutor(rt, view, to.executorId);
    return { ...outcome, details: { ...outcome.details, reason } };
  });
