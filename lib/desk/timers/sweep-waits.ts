import { epochMs, type Instant, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { BUDGET_MS, LATE_MS, sendLate } from '../../platform/timers/sweep-due.ts';
import { waitDeadlines } from '../core/deadlines.ts';
import { listUnindexedWaits } from '../core/due-list-repository.ts';
import { findLimits } from '../core/limit-repository.ts';
import type { Item } from '../core/table.ts';
import { deskTimers } from '../desk-timers.ts';
import type { Limits } from '../model.ts';

const PAGE = 100;
const DESKS_AT_ONCE = 20;

/** Whoever came into the new line before this should have been warned about by `now`. */
const warnedBefore = (now: Instant, limits: Limits): Instant => {
  const { warnAt } = waitDeadlines({ line: 'new', urgent: false, waitingSince: now }, limits);
  return instant(2 * epochMs(now) - epochMs(warnAt));
};

/** Sends late warnings of one desk, and says how many and whether time ran out. */
const sweepDesk = async (rt: Runtime, deskId: string, stopAtMs: number) => {
  const lateBefore = instant(rt.clock.nowMs() - LATE_MS);
  const before = warnedBefore(lateBefore, await findLimits(rt, deskId));
  let sent = 0;
  let after: Item | undefined;
  do {
    const page = await listUnindexedWaits(rt, { deskId, before, limit: PAGE, after });
    // Set by longer waits than those in force: the change of limits brings it nearer.
    const late = page.items.filter(({ deadline }) => deadline <= lateBefore);
    await sendLate(rt, deskTimers, late);
    sent += late.length;
    after = page.next;
  } while (after && rt.clock.nowMs() < stopAtMs);
  return { sent, cut: after !== undefined };
};

/**
 * Finds first waits whose warning is late in the lines themselves: they stand in no index
 * (docs/adr/043-first-waits-outside-the-due-index.md). Time over: the next minute goes on, since what was sent is in the index.
 * A desk that fails holds up none behind it; throws its error in the end.
 */
export const sweepWaits = async (rt: Runtime, deskIds: readonly string[]): Promise<void> => {
  const stopAtMs = rt.clock.nowMs() + BUDGET_MS;
  let late = 0;
  let cut = false;
  const failures: unknown[] = [];
  let start = 0;
  for (; start < deskIds.length && rt.clock.nowMs() < stopAtMs; start += DESKS_AT_ONCE) {
    const some = deskIds.slice(start, start + DESKS_AT_ONCE);
    const swept = await Promise.allSettled(some.map((deskId) => sweepDesk(rt, deskId, stopAtMs)));
    for (const each of swept) {
      if (each.status === 'rejected') failures.push(each.reason);
      else {
        late += each.value.sent;
        cut ||= each.value.cut;
      }
    }
  }
  cut ||= start < deskIds.length;
  if (late > 0 || cut) rt.log.warn('waits swept', { late, cut });
  if (failures.length > 0) throw failures[0];
};
