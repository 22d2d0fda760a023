import { hasRole } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Ticket } from '../model.ts';
import { actOnTicket, type TicketCommand } from './act-on-ticket.ts';
import { handTo } from './hand-to-executor.ts';

type Assignment = TicketCommand & {
  readonly executorId: string;
  readonly overCap?: boolean | undefined;
  readonly reason?: string | undefined;
};

/**
 * A manager gives an open ticket to an executor, or takes it over themselves, for which they must be an executor too. Over a
 * cap only on purpose; then decision and audit log say so (R-DESK-07).
 */
export const assignTicket = (rt: Runtime, command: Assignment): Promise<Ticket> =>
  actOnTicket(rt, { action: 'assign', command }, async (view) => {
    const { caller, executorId, overCap = false, reason } = command;
    if (executorId === caller.id && !hasRole(caller, 'executor')) {
      throw new AppError(
        'forbidden',
        'executor-role-required',
        'to take a ticket over you must be an executor',
      );
    }
    const outcome = await handTo(rt, view, { executorId, rule: 'manual', actorId: caller.id, overCap });
    return { ...outcome, details: { ...outcome.details, reason } };
  });
