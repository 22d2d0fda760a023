import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { joined } from '../../platform/storage/change.ts';
import { executorChange, ticketChange } from '../core/change.ts';
import { acceptBy } from '../core/deadlines.ts';
import { assigned } from '../core/executor.ts';
import { executorMissing, findPresentExecutor, type PresentExecutor } from '../core/executor-repository.ts';
import { findLimits } from '../core/limit-repository.ts';
import { handed } from '../core/ticket-states.ts';
import { type ActionOutcome, type ActionView, holderReleases } from './act-on-ticket.ts';
import { manualDecision } from './manual-decision.ts';
import { fullForTicket, isActive, isInHandOf } from './receiver.ts';

interface Handing {
  readonly executorId: string;
  readonly rule: 'manual' | 'transfer';
  readonly actorId: string;
  /** On purpose, even over a cap (R-DESK-07). */
  readonly overCap?: boolean;
}

export const notOnline = (): AppError =>
  new AppError('conflict', 'executor-not-online', 'the executor is not online with a current heartbeat');

const full = (): AppError =>
  new AppError('conflict', 'executor-full', 'the executor has no room for a ticket of this class');

const getReceiver = async (rt: Runtime, executorId: string): Promise<PresentExecutor> => {
  const receiver = await findPresentExecutor(rt, executorId);
  if (!receiver) throw executorMissing();
  return receiver;
};

/**
 * Hands a ticket to an executor: out of one hand, into the other, with the decision, in one transaction on the versions of
 * ticket and both executors (R-DESK-07). The ticket stays on its desk; the caps are those of the receiver's home desk.
 * Throws `executor-not-found`, `executor-not-online`, `executor-full`.
 */
export const handTo = async (rt: Runtime, view: ActionView, handing: Handing): Promise<ActionOutcome> => {
  const { ticket: before, holder, at, limitsOf } = view;
  const receiver = await getReceiver(rt, handing.executorId);
  const { executor, beat } = receiver;
  const caps = await findLimits(rt, executor.homeDeskId);
  if (!isActive({ executor, beat, limits: caps }, at)) throw notOnline();
  if (isInHandOf(before, executor)) return { ticket: before };
  const overCap = fullForTicket({ executor, beat, limits: caps }, before) !== undefined;
  if (overCap && !handing.overCap) throw full();
  const limits = limitsOf(before.deskId);
  const { deskId } = before;
  const { rule, actorId } = handing;
  const decision = manualDecision(rt, {
    deskId,
    rule,
    executorId: executor.id,
    ticketIds: [before.id],
    at,
    dueAt: acceptBy(before, limits, at),
    overCap,
    actorId,
    limitsVersion: limits.version,
  });
  const after = handed(before, {
    executor,
    at,
    acceptBy: acceptBy(before, limits, at),
    decision: decision.id,
  });
  const cause = rule === 'transfer' ? 'transferred' : 'assigned';
  const fromOther = holder && holder.executor.id !== executor.id;
  return {
    ticket: after,
    change: joined(
      ticketChange(rt, { before, after, limits, at, cause }),
      executorChange(rt, { before: receiver, after: assigned(executor, [before], { at }), limits: caps }),
      fromOther ? holderReleases(rt, view) : undefined,
      decision.change,
    ),
    details: {
      executorId: executor.id,
      ...(holder && { fromExecutorId: holder.executor.id }),
      ...(overCap && { overCap }),
    },
  };
};
