import { deskTimers } from '../../lib/desk/desk-timers.ts';
import { wakeDesks } from '../../lib/desk/dispatch/wake-desks.ts';
import { measureDesks } from '../../lib/desk/insight/measure-desks.ts';
import { sweepWaits } from '../../lib/desk/timers/sweep-waits.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import { onSchedule } from '../../lib/platform/schedule/on-schedule.ts';
import { sweepDue } from '../../lib/platform/timers/sweep-due.ts';

const lookAtLines = async (rt: Runtime): Promise<void> => {
  const woken = await wakeDesks(rt);
  rt.log.info('desks woken', { woken: woken.length });
  await sweepWaits(rt, woken);
};

export const handler = onSchedule(async ({ rt }) => {
  const parts = [lookAtLines(rt), sweepDue(rt, deskTimers), measureDesks(rt)];
  // One that fails cuts none of the others short.
  for (const part of await Promise.allSettled(parts)) if (part.status === 'rejected') throw part.reason;
});
