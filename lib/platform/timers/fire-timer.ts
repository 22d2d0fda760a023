import { epochMs, type Instant } from '../clock.ts';
import type { EventDraft } from '../events/event.ts';
import { sendReminders } from '../events/send-reminders.ts';
import type { Runtime } from '../runtime.ts';

/** A message that is less early than this waits where it is: sent again it would come up to a second late. */
const EARLY_MS = 250;

/** By kind, what is done when the time has come. Reads the thing anew, and may be called twice, late or for nothing. */
type Acts<T extends { readonly kind: string }> = {
  readonly [Kind in T['kind']]: (rt: Runtime, timer: Extract<T, { readonly kind: Kind }>) => Promise<void>;
};

/**
 * Acts on a deadline that has come. SQS delays in whole seconds and the sweep sends ahead, so a message may come early: it
 * is sent again with the rest.
 */
export const fireTimer = async <T extends { readonly kind: string }>(
  rt: Runtime,
  timers: { readonly draft: (timer: T, dueAt: Instant) => EventDraft },
  { timer, dueAt }: { readonly timer: T; readonly dueAt: Instant },
  acts: Acts<T>,
): Promise<void> => {
  const earlyMs = () => epochMs(dueAt) - rt.clock.nowMs();
  if (earlyMs() > EARLY_MS) return sendReminders(rt, [timers.draft(timer, dueAt)]);
  // A process may be woken a millisecond before the time it slept to.
  while (earlyMs() > 0) await rt.clock.sleep(earlyMs());
  await (acts[timer.kind as T['kind']] as (rt: Runtime, timer: T) => Promise<void>)(rt, timer);
};
