import type { Instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import { eventRoutes } from '../../platform/events/routes.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Change } from '../../platform/storage/change.ts';
import { type Commit, commit as commitWrites } from '../../platform/storage/commit.ts';
import type { Deadline } from '../../platform/timers/define-timers.ts';
import { type DeskTimer, deskTimers } from '../desk-timers.ts';
import {
  presenceEvent,
  queuedEvent,
  ticketAccepted,
  ticketClosed,
  ticketEvent,
  ticketReleased,
  urgencyEvent,
} from '../events.ts';
import { lineJoinedEvent, roomAppearedEvent } from '../internal-events.ts';
import type { Executor, Limits, Ticket } from '../model.ts';
import { announceTicket } from './announcements.ts';
import { isFirstWait, waitDeadlines } from './deadlines.ts';
import { listOf } from './executor.ts';
import { executorWrites, heldWrite, type StoredExecutor } from './executor-repository.ts';
import { writtenAndSent } from './journal.ts';
import { journalWrites } from './journal-repository.ts';
import { ticketWrites } from './ticket-repository.ts';

interface TicketContext {
  /** Limits in force on the desk the ticket is on afterwards. */
  readonly limits: Limits;
  readonly at: Instant;
  /** Why, for the journal: `opened`, `declined`, `missed`, `orphaned`, `promoted`, `transferred`, … */
  readonly cause: string;
}

/** The deadline a ticket carries itself. That of an assignment is stored with its decision. */
const deadlineOf = (
  rt: Runtime,
  ticket: Ticket,
  { limits, at }: TicketContext,
): Deadline<DeskTimer> | undefined => {
  if (ticket.state === 'waiting' && ticket.waitingSince) {
    if (ticket.overdueAt) return undefined;
    const { warnAt, limitAt } = waitDeadlines(ticket, limits);
    const stage = at < warnAt ? 'warn' : 'limit';
    const timer: DeskTimer = { kind: 'wait', ticketId: ticket.id, waitingSince: ticket.waitingSince, stage };
    return stage === 'warn'
      ? deskTimers.set(rt, timer, warnAt, { unindexed: isFirstWait(ticket) })
      : deskTimers.set(rt, timer, limitAt);
  }
  if (ticket.state === 'waitingClient' && ticket.waitingClientSince && ticket.closesAt) {
    const timer: DeskTimer = { kind: 'parked', ticketId: ticket.id, since: ticket.waitingClientSince };
    return deskTimers.set(rt, timer, ticket.closesAt);
  }
  return undefined;
};

const movesDesk = (before: Ticket | undefined, after: Ticket): boolean =>
  before !== undefined && before.deskId !== after.deskId;

/** Facts for the dispatcher and the journal; a first wait and a change of line or wait wake the dispatcher. */
const ticketFacts = (before: Ticket | undefined, after: Ticket, cause: string, at: Instant): EventDraft[] => {
  const facts: EventDraft[] = [];
  const held = before?.state === 'assigned' || before?.state === 'accepted';
  const holds = after.state === 'assigned' || after.state === 'accepted';
  if (after.state === 'accepted' && before?.state !== 'accepted') {
    facts.push(ticketEvent(ticketAccepted, after, { executorId: after.executorId }));
  }
  if (before && before.urgent !== after.urgent && after.state !== 'waiting') facts.push(urgencyEvent(after));
  const from = { executorId: before?.executorId, deskId: before?.deskId };
  if (after.state === 'closed') facts.push(ticketEvent(ticketClosed, after, from));
  // A desk it left gets the event even if the ticket only waited there.
  else if (movesDesk(before, after) || (held && !(holds && before.executorId === after.executorId))) {
    facts.push(ticketEvent(ticketReleased, after, from));
  }
  if (after.state === 'waiting' && after.line) {
    facts.push(queuedEvent(after, cause), lineJoinedEvent(after.line, after.deskId));
    // Somebody was just passed over: when that is forgotten, they may be the only one with room.
    const news = Object.entries(after.passedOver).filter(
      ([id, until]) => until > at && before?.passedOver[id] !== until,
    );
    for (const [, until] of news) {
      facts.push(deskTimers.draft({ kind: 'wake', deskId: after.deskId }, until));
    }
  }
  return facts;
};

/** A ticket in its next version: line entry, deadline, events. */
export const ticketChange = (
  rt: Runtime,
  { before, after, ...context }: { before: Ticket | undefined; after: Ticket } & TicketContext,
): Change => {
  const deadline = deadlineOf(rt, after, context);
  const left = before?.executorId && before.executorId !== after.executorId ? before.executorId : undefined;
  const finished = after.state === 'closed' && before?.executorId ? before.executorId : undefined;
  const heldBefore = left ?? finished;
  return {
    writes: [
      ...ticketWrites(rt, { before, after, due: deadline?.due }),
      ...(heldBefore ? [heldWrite(rt, heldBefore, after.id)] : []),
    ],
    events: [
      ...ticketFacts(before, after, context.cause, context.at),
      announceTicket(before, after),
      ...(deadline?.events ?? []),
    ],
  };
};

const gainedRoom = (before: Executor | undefined, after: Executor, limits: Limits): boolean => {
  const list = listOf(after, limits);
  if (list !== 'all' && list !== 'ordinary') return false;
  if (before?.presence !== 'online' || before.homeDeskId !== after.homeDeskId) return true;
  return after.open.length < before.open.length || after.openUrgent.length < before.openUrgent.length;
};

/** An executor in their next version: roster entry, and whether room appeared. `limits` are of the home desk. */
export const executorChange = (
  rt: Runtime,
  { before, after, limits }: { before: StoredExecutor | undefined; after: Executor; limits: Limits },
): Change => {
  const presenceMoved =
    before?.executor.presence !== after.presence || before?.executor.homeDeskId !== after.homeDeskId;
  return {
    writes: executorWrites(rt, { before, after, limits }),
    events: [
      ...(presenceMoved ? [presenceEvent(before?.executor, after)] : []),
      ...(gainedRoom(before?.executor, after, limits) ? [roomAppearedEvent(after.homeDeskId)] : []),
    ],
  };
};

/**
 * Commits a change, with audit entries, messages and the answer's record beside it. Facts of the journal
 * are written to it in the same transaction, and sent only if somebody else receives them; everything else is sent.
 */
export const commitChange = (rt: Runtime, change: Change, extra: Partial<Commit> = {}): Promise<void> => {
  const events = [...change.events, ...(extra.events ?? [])];
  const { written, sent } = writtenAndSent(events, eventRoutes);
  return commitWrites(rt, {
    ...extra,
    writes: [...change.writes, ...(extra.writes ?? []), ...journalWrites(rt, written)],
    events: sent,
  });
};
