import { type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { type Change, joined } from '../../platform/storage/change.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { commitChange, executorChange, ticketChange } from '../core/change.ts';
import { isAvailable, releasing } from '../core/executor.ts';
import { findExecutor, type StoredExecutor } from '../core/executor-repository.ts';
import { findLimitsOf } from '../core/limit-repository.ts';
import { goingAway } from '../core/presence.ts';
import { findTickets } from '../core/ticket-repository.ts';
import { passingOver, requeued } from '../core/ticket-states.ts';
import { type DeskTimer, deskTimers } from '../desk-timers.ts';
import { presenceChange } from '../executors/change-presence.ts';
import type { Executor, Limits, Ticket } from '../model.ts';
import { decisionDueWrite, findMarkedDecision } from './due-repository.ts';
import { missesAfter } from './misses.ts';

type AcceptTimer = DeskTimer<'accept'>;

/** A missed ticket takes three actions; with executor, roster, watch and outbox a transaction of 100 holds these. */
const CHUNK = 25;

/** Those of the decision that are still its own and not accepted. What was leased before is being handed over. */
const unaccepted = (tickets: readonly Ticket[], timer: AcceptTimer, executor: Executor) =>
  tickets.filter(
    (ticket) =>
      ticket.state === 'assigned' &&
      ticket.executorId === timer.executorId &&
      ticket.decision === timer.decision &&
      ticket.leaseEpoch === executor.epoch,
  );

const backToLine = (
  ticket: Ticket,
  executorId: string,
  { at, limits }: { at: Instant; limits: Limits },
): Ticket => {
  const until = plusSeconds(at, limits.passedOverAfterMissSec);
  return requeued(passingOver(ticket, executorId, { at, until }), { line: 'orphaned', at });
};

/** The executor without what they missed, and away when that was one miss too many. */
const executorAfterMiss = (
  rt: Runtime,
  seen: { before: StoredExecutor; late: readonly Ticket[]; handMissed: boolean; limits: Limits; at: Instant },
): Change => {
  const { before, late, handMissed, limits, at } = seen;
  const released = releasing(
    before.executor,
    late.map(({ id }) => id),
  );
  const { running, setsAway } = missesAfter(released.missesRunning, { handMissed, limits });
  const after = { ...released, missesRunning: running };
  if (!setsAway || !isAvailable(after.presence)) {
    return executorChange(rt, { before, after, limits });
  }
  const away = goingAway(after);
  // Both steps are one change: one version.
  const move = { ...away, after: { ...away.after, version: after.version } };
  return presenceChange(rt, { before, move, limits, at });
};

const earliest = (tickets: readonly Ticket[]): Instant | undefined =>
  tickets.flatMap(({ acceptBy }) => acceptBy ?? []).sort()[0];

const load = async (rt: Runtime, timer: AcceptTimer) => {
  const [decision, stored, tickets] = await Promise.all([
    findMarkedDecision(rt, timer.deskId, timer.decision),
    findExecutor(rt, timer.executorId),
    findTickets(rt, timer.ticketIds),
  ]);
  if (!decision || !stored) return undefined;
  const open = unaccepted(tickets, timer, stored.executor);
  const limitsOf = await findLimitsOf(rt, [stored.executor.homeDeskId, ...open.map(({ deskId }) => deskId)]);
  return { decision, stored, limitsOf, open };
};

/** One chunk; true when more of the decision is late. */
const missSome = async (rt: Runtime, timer: AcceptTimer): Promise<boolean> => {
  const seen = await load(rt, timer);
  if (!seen) return false;
  const { decision, stored, limitsOf, open } = seen;
  const at = instant(rt.clock.nowMs());
  const allLate = open.filter((ticket) => (ticket.acceptBy ?? at) <= at);
  const late = allLate.slice(0, CHUNK);
  const next = earliest(open.filter((ticket) => !late.includes(ticket)));
  if (late.length === 0 && next === decision.deadline) return false;
  const limits = limitsOf(stored.executor.homeDeskId);
  const deadline = next ? deskTimers.set(rt, timer, next) : undefined;
  await commitChange(
    rt,
    joined(
      ...late.map((ticket) =>
        ticketChange(rt, {
          before: ticket,
          after: backToLine(ticket, timer.executorId, { at, limits: limitsOf(ticket.deskId) }),
          limits: limitsOf(ticket.deskId),
          at,
          cause: 'missed',
        }),
      ),
      late.length > 0
        ? executorAfterMiss(rt, { before: stored, late, handMissed: decision.missed, limits, at })
        : undefined,
      {
        writes: [decisionDueWrite(rt, decision.key, { due: deadline?.due, missed: late.length > 0 })],
        events: deadline?.events ?? [],
      },
    ),
  );
  return allLate.length > late.length;
};

/** Assigned tickets nobody accepted in time go to the orphaned line, past the executor who missed them (R-DESK-09). */
export const missAcceptance = async (rt: Runtime, timer: AcceptTimer): Promise<void> => {
  let more = true;
  while (more) more = await untilCommitted(rt, () => missSome(rt, timer));
};
