import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { commitChange, executorChange } from '../core/change.ts';
import { executorMissing, findPresentExecutor, getExecutor } from '../core/executor-repository.ts';
import { findLimits } from '../core/limit-repository.ts';
import { ticketsReassigned } from '../internal-events.ts';
import { notOnline } from '../tickets/hand-to-executor.ts';
import { isActive } from '../tickets/receiver.ts';

export interface ReassignCommand extends Actor {
  readonly executorId: string;
  readonly toExecutorId?: string | undefined;
  readonly reason: string;
}

const checkReceiver = async (rt: Runtime, command: ReassignCommand): Promise<void> => {
  const { executorId, toExecutorId } = command;
  if (!toExecutorId) return;
  if (toExecutorId === executorId) {
    throw new AppError('unprocessable', 'same-executor', 'the tickets are with this executor already');
  }
  const receiver = await findPresentExecutor(rt, toExecutorId);
  if (!receiver) throw executorMissing();
  const limits = await findLimits(rt, receiver.executor.homeDeskId);
  if (!isActive({ ...receiver, limits }, instant(rt.clock.nowMs()))) throw notOnline();
};

/**
 * Takes every ticket out of an executor's hand. Their epoch moves on at once, so whatever they still send for one of
 * them is late; the tickets themselves follow by queue, in any number. Answers how many there are.
 * Throws `executor-not-found`, `executor-not-online`, `same-executor`.
 */
export const reassignTickets = (rt: Runtime, command: ReassignCommand): Promise<{ tickets: number }> =>
  untilCommitted(rt, async () => {
    const { executorId, toExecutorId, reason, caller } = command;
    const stored = await getExecutor(rt, executorId);
    await checkReceiver(rt, command);
    const { executor } = stored;
    const tickets = executor.open.length;
    if (tickets === 0) return { tickets };
    const after = { ...executor, epoch: executor.epoch + 1, version: executor.version + 1 };
    const limits = await findLimits(rt, executor.homeDeskId);
    const audit = audited(rt, command, {
      action: 'executor.reassigned',
      subject: `executor/${executorId}`,
      deskId: executor.homeDeskId,
      details: { tickets, toExecutorId, reason },
    });
    const moved = ticketsReassigned.draft(
      { executorId, toExecutorId, actorId: caller.id },
      { aggregate: { id: after.id, version: after.version } },
    );
    await commitChange(rt, executorChange(rt, { before: stored, after, limits }), { events: [moved, audit] });
    return { tickets };
  });
