// @pure

import type { Instant } from '../../platform/clock.ts';
import { waitDeadlines } from '../core/deadlines.ts';
import type { Limits, Ticket } from '../model.ts';

export type WaitDecision = 'early' | 'warn' | 'promote' | 'overdue';

/**
 * What a waiting ticket's timer finds (R-DESK-09). A warning goes out once a wait; only the new line is promoted from,
 * an orphan never changes line.
 */
export const decideWait = (
  ticket: Pick<Ticket, 'line' | 'urgent' | 'waitingSince'>,
  seen: {
    warned: boolean;
    now: Instant;
    limits: Pick<Limits, 'maxWaitSec' | 'maxUrgentWaitSec' | 'waitWarningPercent'>;
  },
): WaitDecision => {
  const { warnAt, limitAt } = waitDeadlines(ticket, seen.limits);
  if (!seen.warned) return seen.now < warnAt ? 'early' : 'warn';
  if (seen.now < limitAt) return 'early';
  return ticket.line === 'new' ? 'promote' : 'overdue';
};
