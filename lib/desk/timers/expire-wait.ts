import { type Instant, instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { PendingDue } from '../../platform/timers/due-item.ts';
import { alertWrite } from '../core/alert-repository.ts';
import { announceTicket } from '../core/announcements.ts';
import { commitChange, ticketChange } from '../core/change.ts';
import { waitDeadlines } from '../core/deadlines.ts';
import { findLimits } from '../core/limit-repository.ts';
import { findTicket, ticketWrites } from '../core/ticket-repository.ts';
import { requeued } from '../core/ticket-states.ts';
import { type DeskTimer, deskTimers } from '../desk-timers.ts';
import { ticketOverdue, waitEvent, waitWarned } from '../events.ts';
import type { Limits, Ticket } from '../model.ts';
import { findLineDue } from './due-repository.ts';
import { decideWait } from './wait-decision.ts';

type WaitTimer = DeskTimer<'wait'>;

interface Seen {
  readonly ticket: Ticket & { readonly waitingSince: Instant };
  readonly pending: PendingDue<DeskTimer>;
  readonly limits: Limits;
  readonly at: Instant;
}

/** The next check of this wait. Only the deadline moves: the ticket itself is as it was. */
const lookAgain = (
  rt: Runtime,
  seen: Seen,
  next: { stage: WaitTimer['stage']; dueAt: Instant; events?: readonly EventDraft[] },
): Promise<void> => {
  const { ticket, pending } = seen;
  const { waitingSince } = ticket;
  const timer: WaitTimer = { kind: 'wait', ticketId: ticket.id, waitingSince, stage: next.stage };
  const { due, events } = deskTimers.set(rt, timer, next.dueAt);
  return commitChange(rt, {
    writes: [{ Update: deskTimers.move(rt, pending, { due, where: { waitingSince } }) }],
    events: [...(next.events ?? []), ...events],
  });
};

const promote = (rt: Runtime, { ticket, limits, at }: Seen): Promise<void> =>
  commitChange(
    rt,
    ticketChange(rt, {
      before: ticket,
      after: requeued(ticket, { line: 'urgent', at, promoted: true }),
      limits,
      at,
      cause: 'promoted',
    }),
  );

/** Its managers are alerted once: the alert and the mark on the ticket are one transaction, and no deadline is left. */
const alert = (rt: Runtime, seen: Seen): Promise<void> => {
  const { ticket, at } = seen;
  const after: Ticket = { ...ticket, overdueAt: at, version: ticket.version + 1 };
  // Not a ticketChange: the ticket keeps its line entry, and no dispatcher needs waking.
  return commitChange(rt, {
    writes: [...ticketWrites(rt, { before: ticket, after }), alertWrite(rt, { ticket, at })],
    events: [waitEvent(ticketOverdue, { ...ticket, version: after.version }), announceTicket(ticket, after)],
  });
};

const load = async (rt: Runtime, timer: WaitTimer): Promise<Seen | undefined> => {
  const ticket = await findTicket(rt, timer.ticketId);
  const { waitingSince } = ticket ?? {};
  if (ticket?.state !== 'waiting' || !waitingSince || waitingSince !== timer.waitingSince) return undefined;
  const [pending, limits] = await Promise.all([findLineDue(rt, ticket), findLimits(rt, ticket.deskId)]);
  if (!pending) return undefined;
  return { ticket: { ...ticket, waitingSince }, pending, limits, at: instant(rt.clock.nowMs()) };
};

/** Warns at 80 % of a wait; at its end promotes or alerts. By the limits of now, whatever the timer was set by (R-DESK-09). */
export const expireWait = (rt: Runtime, timer: WaitTimer): Promise<void> =>
  untilCommitted(rt, async () => {
    const seen = await load(rt, timer);
    if (!seen) return;
    const { ticket, pending, limits, at } = seen;
    const warned = pending.timer.kind === 'wait' && pending.timer.stage === 'limit';
    const { warnAt, limitAt } = waitDeadlines(ticket, limits);
    const decision = decideWait(ticket, { warned, now: at, limits });
    switch (decision) {
      case 'early': {
        const dueAt = warned ? limitAt : warnAt;
        // Another timer of this wait was here already.
        if (pending.deadline === dueAt) return;
        return lookAgain(rt, seen, { stage: warned ? 'limit' : 'warn', dueAt });
      }
      case 'warn':
        return lookAgain(rt, seen, {
          stage: 'limit',
          dueAt: limitAt,
          events: [waitEvent(waitWarned, ticket)],
        });
      case 'promote':
        return promote(rt, seen);
      case 'overdue':
        return alert(rt, seen);
    }
  });
