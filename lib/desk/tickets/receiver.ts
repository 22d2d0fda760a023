// @pure

import { epochMs, type Instant } from '../../platform/clock.ts';
import { type Fullness, fullFor, loadOf, releasing, staleAfterMs, taking } from '../core/executor.ts';
import type { Executor, Limits, PresenceBeat, Ticket } from '../model.ts';
import { earlierFirst } from './hand-over-share.ts';

/** An executor who is to be given tickets manually, under the limits of their home desk. */
export interface Receiver {
  readonly executor: Executor;
  readonly beat: PresenceBeat | undefined;
  readonly limits: Limits;
}

/** Online with a current heartbeat: a stale one excludes before its timer fires (R-DESK-08). */
export const isActive = ({ executor, beat, limits }: Receiver, at: Instant): boolean =>
  executor.presence === 'online' &&
  beat !== undefined &&
  epochMs(at) - epochMs(beat.lastBeatAt) < staleAfterMs(limits);

/** In their hand under their present lease: handing it to them again would change nothing. */
export const isInHandOf = (ticket: Ticket, executor: Pick<Executor, 'id' | 'epoch'>): boolean =>
  (ticket.state === 'assigned' || ticket.state === 'accepted') &&
  ticket.executorId === executor.id &&
  ticket.leaseEpoch === executor.epoch;

/** Why they have no room for this ticket; a ticket that they already hold does not count against itself. */
export const fullForTicket = ({ executor, limits }: Receiver, ticket: Ticket): Fullness | undefined =>
  fullFor(loadOf(releasing(executor, [ticket.id])), limits, ticket.urgent);

/**
 * As many as there is room for, the earliest first; one whose class has no room does not stop those behind it. Nobody
 * who is not active is given any.
 */
export const splitByRoom = (
  tickets: readonly Ticket[],
  receiver: Receiver,
  at: Instant,
): { given: Ticket[]; left: Ticket[] } => {
  const given: Ticket[] = [];
  const left: Ticket[] = [];
  const open = isActive(receiver, at);
  let executor = receiver.executor;
  for (const ticket of [...tickets].sort(earlierFirst)) {
    const fits = open && fullFor(loadOf(executor), receiver.limits, ticket.urgent) === undefined;
    (fits ? given : left).push(ticket);
    if (fits) executor = taking(executor, [ticket]);
  }
  return { given, left };
};
