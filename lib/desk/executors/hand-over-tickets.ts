import { type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { joined } from '../../platform/storage/change.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { commitChange, executorChange, ticketChange } from '../core/change.ts';
import { releasing } from '../core/executor.ts';
import { findExecutor, type StoredExecutor } from '../core/executor-repository.ts';
import { findLimitsOf } from '../core/limit-repository.ts';
import { listTickets } from '../core/ticket-repository.ts';
import { passingOver, requeued } from '../core/ticket-states.ts';
import type { HandOver, Limits, Ticket } from '../model.ts';
import { handOverShare } from '../tickets/hand-over-share.ts';

/** A ticket takes three actions; with executor, roster and outbox a transaction of 100 holds these with ease. */
export const HANDOVER_CHUNK = 20;

/** What is to leave an executor's hand, read consistently. */
export interface HandOverView {
  readonly stored: StoredExecutor;
  readonly moving: readonly Ticket[];
  readonly strays: readonly string[];
  readonly at: Instant;
  readonly limitsOf: (deskId: string) => Limits;
}

export const readHandOver = async (
  rt: Runtime,
  { executorId, mode }: { executorId: string; mode: HandOver },
): Promise<HandOverView | undefined> => {
  const stored = await findExecutor(rt, executorId);
  if (!stored) return undefined;
  const { items: tickets, omitted } = await listTickets(rt, stored.executor.open);
  const limitsOf = await findLimitsOf(rt, [
    stored.executor.homeDeskId,
    ...tickets.map(({ deskId }) => deskId),
  ]);
  const share = handOverShare(stored.executor, tickets, mode);
  return {
    stored,
    ...share,
    // Which of those that are not there only could not be read is not known: they stay in the hand.
    strays: omitted === undefined ? share.strays : [],
    at: instant(rt.clock.nowMs()),
    limitsOf,
  };
};

/** Puts some tickets into the orphaned line, and drops strays from the set. True when more are to be moved. */
export const orphanSome = async (
  rt: Runtime,
  view: HandOverView,
  { cause, passOver = false }: { cause: 'orphaned' | 'reassigned'; passOver?: boolean },
): Promise<boolean> => {
  const { stored, moving, strays, at, limitsOf } = view;
  const { executor } = stored;
  const chunk = moving.slice(0, HANDOVER_CHUNK);
  if (chunk.length === 0 && strays.length === 0) return false;
  if (strays.length > 0)
    rt.log.warn('open tickets were in no hand', { executorId: executor.id, count: strays.length });
  const changes = chunk.map((before) => {
    const inLine = requeued(before, { line: 'orphaned', at });
    const limits = limitsOf(before.deskId);
    const until = plusSeconds(at, limits.passedOverAfterDeclineSec);
    const after = passOver ? passingOver(inLine, executor.id, { at, until }) : inLine;
    return ticketChange(rt, { before, after, limits, at, cause });
  });
  const released = releasing(executor, [...chunk.map(({ id }) => id), ...strays]);
  const limits = limitsOf(executor.homeDeskId);
  await commitChange(rt, joined(executorChange(rt, { before: stored, after: released, limits }), ...changes));
  return moving.length > chunk.length;
};

/**
 * Tickets of an executor who left or is away go to the orphaned line, chunk by chunk (R-DESK-08). Each chunk is one
 * transaction on the versions of tickets and executor; a second run finds nothing to move.
 */
export const handOverTickets = async (
  rt: Runtime,
  order: { executorId: string; mode: HandOver },
): Promise<void> => {
  let more = true;
  while (more) {
    more = await untilCommitted(rt, async () => {
      const view = await readHandOver(rt, order);
      return view ? orphanSome(rt, view, { cause: 'orphaned' }) : false;
    });
  }
};
