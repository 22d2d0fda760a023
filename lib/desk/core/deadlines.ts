import { epochMs, type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import type { Limits, Ticket } from '../model.ts';

type Waits = Pick<Limits, 'maxWaitSec' | 'maxUrgentWaitSec'>;
type WarnedWaits = Waits & Pick<Limits, 'waitWarningPercent'>;

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
  limits: WarnedWaits,
): WaitDeadlines => {
  if (!ticket.waitingSince) throw new Error('only a waiting ticket has wait deadlines');
  const limitMs = waitLimitSec(ticket, limits) * 1000;
  const sinceMs = epochMs(ticket.waitingSince);
  const warnMs = Math.round((limitMs * limits.waitWarningPercent) / 100);
  return { warnAt: instant(sinceMs + warnMs), limitAt: instant(sinceMs + limitMs) };
};

/**
 * A wait whose place in line is in the order of its deadline: the new line is sorted by `orderedAt`. It needs no index to be
 * found by (docs/adr/043-first-waits-outside-the-due-index.md).
 */
export const isFirstWait = ({
  line,
  orderedAt,
  waitingSince,
}: Pick<Ticket, 'line' | 'orderedAt' | 'waitingSince'>): boolean =>
  line === 'new' && waitingSince === orderedAt;

/** Until when an assigned ticket must be accepted: its class's wait, counted from assignment. */
export const acceptBy = (ticket: Pick<Ticket, 'urgent'>, limits: Waits, assignedAt: Instant): Instant =>
  plusSeconds(assignedAt, ticket.urgent ? limits.maxUrgentWaitSec : limits.maxWaitSec);
