import { epochMs, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { endReconnect, watchPresence } from '../executors/watch-presence.ts';
import { closeParked } from './close-parked.ts';
import { expireWait } from './expire-wait.ts';
import { missAcceptance } from './miss-acceptance.ts';
import { sendReminders, wakeEvent } from './send-reminders.ts';
import { type Timer, timerEvent } from './timers.ts';

/** A timer that is less early than this waits here: sending it again would cost it up to a second. */
const EARLY_MS = 250;

type Firing = {
  readonly [Kind in Timer['kind']]: (rt: Runtime, timer: Extract<Timer, { kind: Kind }>) => Promise<void>;
};

const firing: Firing = {
  wait: expireWait,
  accept: missAcceptance,
  parked: closeParked,
  presence: watchPresence,
  reconnect: endReconnect,
  wake: (rt, { deskId }) => sendReminders(rt, [wakeEvent(deskId)]),
};

/**
 * Acts on a deadline that has come. SQS delays by 900 s at most and in whole seconds, so a message may come early: it is
 * sent again with the rest. Late and doubled ones change nothing, since each timer names what it was set for.
 */
export const fireTimer = async (
  rt: Runtime,
  { timer, dueAt }: { timer: Timer; dueAt: Instant },
): Promise<void> => {
  const earlyMs = epochMs(dueAt) - rt.clock.nowMs();
  if (earlyMs > EARLY_MS) return sendReminders(rt, [timerEvent(timer, dueAt)]);
  if (earlyMs > 0) await rt.clock.sleep(earlyMs);
  return (firing[timer.kind] as (rt: Runtime, timer: Timer) => Promise<void>)(rt, timer);
};
