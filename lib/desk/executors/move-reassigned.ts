import type { Runtime } from '../../platform/runtime.ts';
import { joined } from '../../platform/storage/change.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { commitChange, executorChange, ticketChange } from '../core/change.ts';
import { acceptBy } from '../core/deadlines.ts';
import { assigned, releasing } from '../core/executor.ts';
import { findPresentExecutor, type PresentExecutor } from '../core/executor-repository.ts';
import { findLimits } from '../core/limit-repository.ts';
import { handed } from '../core/ticket-states.ts';
import type { TicketsReassigned } from '../internal-events.ts';
import type { Limits, Ticket } from '../model.ts';
import { manualDecision } from '../tickets/manual-decision.ts';
import { splitByRoom } from '../tickets/receiver.ts';
import { HANDOVER_CHUNK, type HandOverView, orphanSome, readHandOver } from './hand-over-tickets.ts';

/** A decision belongs to one desk, so a chunk does too. */
const chunkOf = (tickets: readonly Ticket[]): Ticket[] =>
  tickets.filter((ticket) => ticket.deskId === tickets[0]?.deskId).slice(0, HANDOVER_CHUNK);

interface Handed {
  readonly receiver: PresentExecutor;
  /** In force on the receiver's home desk. */
  readonly caps: Limits;
  readonly chunk: readonly Ticket[];
  readonly actorId: string;
}

/** One chunk out of one hand into the other, in one transaction on the versions of both and of each ticket. */
const handChunk = async (
  rt: Runtime,
  view: HandOverView,
  { receiver, caps, chunk, actorId }: Handed,
): Promise<void> => {
  const { stored, at, limitsOf } = view;
  const { executor } = receiver;
  const deskId = chunk[0]?.deskId ?? executor.homeDeskId;
  const limits = limitsOf(deskId);
  const [firstDeadline = at] = chunk.map((ticket) => acceptBy(ticket, limits, at)).sort();
  const decision = manualDecision(rt, {
    deskId,
    rule: 'reassign',
    executorId: executor.id,
    ticketIds: chunk.map(({ id }) => id),
    at,
    dueAt: firstDeadline,
    overCap: false,
    actorId,
    limitsVersion: limits.version,
  });
  const moves = chunk.map((before) => {
    const after = handed(before, {
      executor,
      at,
      acceptBy: acceptBy(before, limits, at),
      decision: decision.id,
    });
    return ticketChange(rt, { before, after, limits, at, cause: 'reassigned' });
  });
  const released = releasing(
    stored.executor,
    chunk.map(({ id }) => id),
  );
  await commitChange(
    rt,
    joined(
      executorChange(rt, { before: stored, after: released, limits: limitsOf(stored.executor.homeDeskId) }),
      executorChange(rt, {
        before: receiver,
        after: assigned(executor, chunk, { at }),
        limits: caps,
      }),
      ...moves,
      decision.change,
    ),
  );
};

/** One chunk: to the receiver while there is room, then to the line. True when more are to be moved. */
const moveSome = async (rt: Runtime, order: TicketsReassigned): Promise<boolean> => {
  const view = await readHandOver(rt, { executorId: order.executorId, mode: 'all' });
  if (!view) return false;
  const receiver = order.toExecutorId ? await findPresentExecutor(rt, order.toExecutorId) : undefined;
  if (receiver && view.moving.length > 0) {
    const limits = await findLimits(rt, receiver.executor.homeDeskId);
    const { given } = splitByRoom(view.moving, { ...receiver, limits }, view.at);
    if (given.length > 0) {
      await handChunk(rt, view, { receiver, caps: limits, chunk: chunkOf(given), actorId: order.actorId });
      return true;
    }
  }
  // Passed over like after a decline: else an executor who is online would get them straight back.
  return orphanSome(rt, view, { cause: 'reassigned', passOver: true });
};

/**
 * Moves tickets that a manager took out of an executor's hand: to another one as far as they have room, the rest to the
 * orphaned line. Parked ones stay: their client's next message decides where they go.
 */
export const moveReassigned = async (rt: Runtime, order: TicketsReassigned): Promise<void> => {
  let more = true;
  while (more) more = await untilCommitted(rt, () => moveSome(rt, order));
};
