import { deskTimers } from '../../lib/desk/desk-timers.ts';
import { wakeDesks } from '../../lib/desk/dispatch/wake-desks.ts';
import { measureDesks } from '../../lib/desk/insight/measure-desks.ts';
import { sweepWaits } from '../../lib/desk/timers/sweep-waits.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import { onSchedule } from '../../lib/platform/schedule/on-schedule.ts';
import { sweepDue } from '../../lib/platform/timers/sweep-due.ts';

const lookAtLines = async (rt: Runtime): Promise<number> => {
  const woken = await wakeDesks(rt);
  await sweepWaits(rt, woken);
  return woken.length;
};

export const handler = onSchedule(async ({ rt }) => {
  const [woken] = await Promise.all([lookAtLines(rt), sweepDue(rt, deskTimers), measureDesks(rt)]);
  rt.log.info('desks woken', { woken });
});
