import { epochMs, type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import type { EventData } from '../../platform/events/define-event.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { updateIf } from '../../platform/storage/update-if.ts';
import { waitDeadlines } from '../core/deadlines.ts';
import {
  type Armed,
  hasLine,
  hasWatched,
  listArmedWaits,
  listArmedWatches,
} from '../core/due-list-repository.ts';
import { staleAfterMs } from '../core/executor.ts';
import { findLimits } from '../core/limit-repository.ts';
import { deskTimers } from '../desk-timers.ts';
import { desksOf } from '../dispatch/wake-up.ts';
import type { DeskChoice } from '../events.ts';
import { rearmAgain, rearmRequested } from '../internal-events.ts';
import type { Limits } from '../model.ts';

type Part = EventData<typeof rearmRequested>;

/**
 * After so long every deadline is checked once more: a process that had read the old limits before the change may have set
 * one by them after the first pass.
 */
const AGAIN_SEC = 5;

/** When the timer is due by the limits of now. */
const dueNow = ({ timer, since, urgent, line }: Armed, limits: Limits): Instant | undefined => {
  if (timer.kind === 'presence') return instant(epochMs(since) + staleAfterMs(limits));
  if (timer.kind === 'reconnect') return plusSeconds(timer.since, limits.maxReconnectWaitSec);
  if (timer.kind !== 'wait') return undefined;
  const { warnAt, limitAt } = waitDeadlines({ urgent, line, waitingSince: since }, limits);
  return timer.stage === 'warn' ? warnAt : limitAt;
};

/** Brings a deadline nearer. One that moved farther needs nothing: its timer reads the limits when it fires. */
const bringNearer = async (rt: Runtime, armed: Armed, limits: Limits): Promise<EventDraft[]> => {
  const dueAt = dueNow(armed, limits);
  if (!dueAt || dueAt >= armed.deadline) return [];
  const { due, events } = deskTimers.set(rt, armed.timer, dueAt);
  return (await updateIf(rt, deskTimers.move(rt, armed, { due }))) ? [...events] : [];
};

const PAGE = 50;
/** Pages in one go; a longer line goes on with a message of its own. */
const PAGES = 20;

/** Brings deadlines of one part of a desk nearer, a stretch of it at a time. */
export const rearmPart = async (rt: Runtime, { deskId, part, after }: Part): Promise<void> => {
  const limits = await findLimits(rt, deskId);
  const list = part === 'line' ? listArmedWaits : listArmedWatches;
  let from = after;
  for (let pages = 0; pages < PAGES; pages += 1) {
    const page = await list(rt, { deskId, limit: PAGE, after: from });
    const nearer = await Promise.all(page.items.map((armed) => bringNearer(rt, armed, limits)));
    await sendReminders(rt, nearer.flat());
    if (!page.next) return;
    from = { pk: page.next.pk, sk: page.next.sk };
  }
  await sendReminders(rt, [rearmRequested.draft({ deskId, part, after: from })]);
};

const DESKS_AT_ONCE = 20;

/** The parts of a desk that may hold deadlines. */
const partsOf = async (rt: Runtime, deskId: string): Promise<Part[]> => {
  const [line, roster] = await Promise.all([hasLine(rt, deskId), hasWatched(rt, deskId)]);
  return [
    ...(line ? [{ deskId, part: 'line' } as const] : []),
    ...(roster ? [{ deskId, part: 'roster' } as const] : []),
  ];
};

/** One message per desk and part, so that thousands of desks are rearmed side by side. */
export const rearmDesks = async (rt: Runtime, changed: DeskChoice): Promise<void> => {
  const deskIds = await desksOf(rt, changed);
  for (let start = 0; start < deskIds.length; start += DESKS_AT_ONCE) {
    const some = deskIds.slice(start, start + DESKS_AT_ONCE);
    const parts = (await Promise.all(some.map((deskId) => partsOf(rt, deskId)))).flat();
    await sendReminders(
      rt,
      parts.map((part) => rearmRequested.draft(part)),
    );
  }
};

/**
 * Limits changed: running waits, reconnect waits and heartbeat checks end by the new ones at once and not when the old ones would
 * have (R-DESK-01). All desks of the change are checked a second time.
 */
export const rearmWaits = async (rt: Runtime, { deskIds }: DeskChoice): Promise<void> => {
  await rearmDesks(rt, { deskIds });
  const deliverAt = plusSeconds(instant(rt.clock.nowMs()), AGAIN_SEC);
  await sendReminders(rt, [rearmAgain.draft({ deskIds }, { deliverAt })]);
};
