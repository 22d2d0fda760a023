import { type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { commitChange, executorChange, joined } from '../change.ts';
import { dueMove, updateIf } from '../repository/due.ts';
import { findPresence, type SeenPresence, suspectWrite } from '../repository/presence.ts';
import { sendReminders } from '../timers/send-reminders.ts';
import { due, type Timer, timerEvent } from '../timers/timers.ts';
import { leave } from './leave-desk.ts';
import { lookAt, reconnectUntil, suspecting } from './presence-rules.ts';

type PresenceTimer = Extract<Timer, { kind: 'presence' }>;
type ReconnectTimer = Extract<Timer, { kind: 'reconnect' }>;

/** The same timer again, later: moved in the due line, then sent. Whoever comes second finds it moved and stops. */
const lookAgain = async (
  rt: Runtime,
  seen: SeenPresence,
  next: { timer: Timer; dueAt: Instant },
): Promise<void> => {
  const now = instant(rt.clock.nowMs());
  // Due later than now: another timer of the chain was here already.
  if (!seen.due || (seen.due.dueAt > now && seen.due.dueAt <= next.dueAt)) return;
  const item = due(next.timer, { id: seen.stored.executor.id, dueAt: next.dueAt, now });
  if (await updateIf(rt, dueMove(rt, seen.due, { due: item })))
    await sendReminders(rt, [timerEvent(next.timer, next.dueAt)]);
};

const suspect = async (rt: Runtime, seen: SeenPresence, at: Instant): Promise<void> => {
  const { stored, limits, beat } = seen;
  if (!beat || !seen.due) return;
  const executorId = stored.executor.id;
  const timer: Timer = { kind: 'reconnect', executorId, since: at };
  const dueAt = plusSeconds(at, limits.maxReconnectWaitSec);
  const wait = suspectWrite(
    rt,
    { due: seen.due, lastBeatAt: beat.lastBeatAt },
    due(timer, { id: executorId, dueAt, now: at }),
  );
  const after = suspecting(stored.executor, at);
  await commitChange(
    rt,
    joined(executorChange(rt, { before: stored, after, limits }), {
      writes: [wait],
      events: [timerEvent(timer, dueAt)],
    }),
  );
};

/** Do heartbeats still come? If not, the executor is suspect and the reconnect wait begins (R-DESK-08). */
export const watchPresence = (rt: Runtime, timer: PresenceTimer): Promise<void> =>
  untilCommitted(rt, async () => {
    const seen = await findPresence(rt, timer.executorId);
    if (!seen) return;
    const nowMs = rt.clock.nowMs();
    const look = lookAt({ ...seen, executor: seen.stored.executor }, { watch: timer.watch, nowMs });
    if (look.kind === 'fresh') await lookAgain(rt, seen, { timer, dueAt: instant(look.staleAtMs) });
    if (look.kind === 'stale') await suspect(rt, seen, instant(nowMs));
  });

/** The end of a suspect's reconnect wait: they leave, unless the wait was made longer meanwhile. */
export const endReconnect = (rt: Runtime, timer: ReconnectTimer): Promise<void> =>
  untilCommitted(rt, async () => {
    const seen = await findPresence(rt, timer.executorId);
    const { executor } = seen?.stored ?? {};
    if (!seen || executor?.presence !== 'suspect' || executor.suspected?.since !== timer.since) return;
    const until = reconnectUntil(executor, seen.limits);
    if (until && until > instant(rt.clock.nowMs())) await lookAgain(rt, seen, { timer, dueAt: until });
    else await leave(rt, seen);
  });
