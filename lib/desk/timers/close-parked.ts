import { SYSTEM_ACTOR } from '../../platform/audit.ts';
import { epochMs, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { joined } from '../../platform/storage/change.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { entryWrites } from '../core/card-repository.ts';
import { commitChange, executorChange, ticketChange } from '../core/change.ts';
import { releasing } from '../core/executor.ts';
import { findExecutor } from '../core/executor-repository.ts';
import { findLimitsOf } from '../core/limit-repository.ts';
import { findTicket } from '../core/ticket-repository.ts';
import { closed } from '../core/ticket-states.ts';
import type { DeskTimer } from '../desk-timers.ts';
import type { ThreadEntry } from '../model.ts';

const inWords = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes % 60 > 0) return `${minutes} minute${minutes === 1 ? '' : 's'}`;
  return `${minutes / 60} hour${minutes === 60 ? '' : 's'}`;
};

/** A ticket whose client does not answer closes itself, when the limits of its parking said so (R-DESK-10). */
export const closeParked = (rt: Runtime, timer: DeskTimer<'parked'>): Promise<void> =>
  untilCommitted(rt, async () => {
    const ticket = await findTicket(rt, timer.ticketId);
    if (ticket?.state !== 'waitingClient' || ticket.waitingClientSince !== timer.since) return;
    const at = instant(rt.clock.nowMs());
    if (!ticket.closesAt || at < ticket.closesAt) return;
    const holder = ticket.executorId ? await findExecutor(rt, ticket.executorId) : undefined;
    const homeDeskId = holder?.executor.homeDeskId ?? ticket.deskId;
    const limitsOf = await findLimitsOf(rt, [ticket.deskId, homeDeskId]);
    const change = ticketChange(rt, {
      before: ticket,
      after: closed(ticket, SYSTEM_ACTOR.id, at),
      limits: limitsOf(ticket.deskId),
      at,
      cause: 'unanswered',
    });
    const release =
      holder &&
      executorChange(rt, {
        before: holder,
        after: releasing(holder.executor, [ticket.id]),
        limits: limitsOf(homeDeskId),
      });
    const entry: ThreadEntry = {
      messageId: rt.ids.next('msg'),
      ticketId: ticket.id,
      kind: 'system',
      authorId: SYSTEM_ACTOR.id,
      at,
      text: `Closed: the client did not answer for ${inWords(epochMs(ticket.closesAt) - epochMs(timer.since))}.`,
      attachments: [],
    };
    await commitChange(rt, joined(change, release), {
      writes: await entryWrites(rt, ticket, entry),
    });
  });
