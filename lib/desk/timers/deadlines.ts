import { epochMs, type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import type { Limits, Ticket } from '../model.ts';

/** Share of a wait after which a warning goes out (R-DESK-09). */
const WARN_SHARE = 0.8;
/** How long a decline or a miss is remembered. */
export const PASSED_OVER_SEC = 300;
/** A ticket that waits for its client closes itself after a day. */
export const PARKED_CLOSE_SEC = 24 * 3600;
/** Missed acceptances running that set an executor away. */
export const MISSES_TO_AWAY = 2;

type Waits = Pick<Limits, 'maxWaitSec' | 'maxUrgentWaitSec'>;

/** How long the present wait may last: the urgent line is always urgent, an orphan goes by its own class. */
export const waitLimitSec = (ticket: Pick<Ticket, 'line' | 'urgent'>, limits: Waits): number => {
  const urgent = ticket.line === 'urgent' || ticket.urgent;
  return urgent ? limits.maxUrgentWaitSec : limits.maxWaitSec;
};

export interface WaitDeadlines {
  readonly warnAt: Instant;
  readonly limitAt: Instant;
}

/** When a waiting ticket is warned about and when its wait is over. */
export const waitDeadlines = (
  ticket: Pick<Ticket, 'line' | 'urgent' | 'waitingSince'>,
  limits: Waits,
): WaitDeadlines => {
  if (!ticket.waitingSince) throw new Error('only a waiting ticket has wait deadlines');
  const limitMs = waitLimitSec(ticket, limits) * 1000;
  const sinceMs = epochMs(ticket.waitingSince);
  return { warnAt: instant(sinceMs + limitMs * WARN_SHARE), limitAt: instant(sinceMs + limitMs) };
};

/** Until when an assigned ticket must be accepted: its class's wait, counted from assignment. */
export const acceptBy = (ticket: Pick<Ticket, 'urgent'>, limits: Waits, assignedAt: Instant): Instant =>
  plusSeconds(assignedAt, ticket.urgent ? limits.maxUrgentWaitSec : limits.maxWaitSec);
