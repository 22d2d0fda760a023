import { type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { joined } from '../../platform/storage/change.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { updateIf } from '../../platform/storage/update-if.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { commitChange, executorChange } from '../core/change.ts';
import { checkHeartbeat, reconnectUntil, suspecting } from '../core/presence.ts';
import { type DeskTimer, deskTimers } from '../desk-timers.ts';
import { leave } from './leave-desk.ts';
import { findPresence, type SeenPresence } from './presence-repository.ts';

/** The same timer again, later: moved in the due line, then sent. Whoever comes second finds it moved and stops. */
const checkLater = async (
  rt: Runtime,
  seen: SeenPresence,
  next: { timer: DeskTimer; dueAt: Instant },
): Promise<void> => {
  const now = instant(rt.clock.nowMs());
  // Due later than now: another timer of the chain has moved it already.
  if (!seen.due || (seen.due.deadline > now && seen.due.deadline <= next.dueAt)) return;
  const { due, events } = deskTimers.set(rt, next.timer, next.dueAt);
  // Moved meanwhile, by another timer of the chain or by the sweep that sent this one and put the deadline back: read again.
  if (!(await updateIf(rt, deskTimers.move(rt, seen.due, { due })))) throw new CommitConflict([]);
  await sendReminders(rt, events);
};

const suspect = async (rt: Runtime, seen: SeenPresence, at: Instant): Promise<void> => {
  const { stored, limits, beat } = seen;
  if (!beat || !seen.due) return;
  const executorId = stored.executor.id;
  const timer: DeskTimer = { kind: 'reconnect', executorId, since: at };
  const { due, events } = deskTimers.set(rt, timer, plusSeconds(at, limits.maxReconnectWaitSec));
  const { lastBeatAt } = beat;
  // Unless a heartbeat came meanwhile.
  const wait = { Update: deskTimers.move(rt, seen.due, { due, where: { lastBeatAt } }) };
  const after = suspecting(stored.executor, at);
  await commitChange(
    rt,
    joined(executorChange(rt, { before: stored, after, limits }), {
      writes: [wait],
      events,
    }),
  );
};

/** Do heartbeats still come? If not, the executor is suspect and the reconnect wait begins (R-DESK-08). */
export const watchPresence = (rt: Runtime, timer: DeskTimer<'presence'>): Promise<void> =>
  untilCommitted(rt, async () => {
    const seen = await findPresence(rt, timer.executorId);
    if (!seen) return;
    const nowMs = rt.clock.nowMs();
    const check = checkHeartbeat({ ...seen, executor: seen.stored.executor }, { watch: timer.watch, nowMs });
    if (check.kind === 'fresh') await checkLater(rt, seen, { timer, dueAt: instant(check.staleAtMs) });
    if (check.kind === 'stale') await suspect(rt, seen, instant(nowMs));
  });

/** The end of a suspect's reconnect wait: they leave, unless the wait was made longer meanwhile. */
export const endReconnect = (rt: Runtime, timer: DeskTimer<'reconnect'>): Promise<void> =>
  untilCommitted(rt, async () => {
    const seen = await findPresence(rt, timer.executorId);
    const { executor } = seen?.stored ?? {};
    if (!seen || executor?.presence !== 'suspect' || executor.suspected?.since !== timer.since) return;
    const until = reconnectUntil(executor, seen.limits);
    if (until && until > instant(rt.clock.nowMs())) await checkLater(rt, seen, { timer, dueAt: until });
    else await leave(rt, seen);
  });
