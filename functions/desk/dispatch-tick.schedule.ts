import { wakeDesks } from '../../lib/desk/dispatch/wake-desks.ts';
import { sweepDue } from '../../lib/desk/timers/sweep-due.ts';
import { onSchedule } from '../../lib/platform/schedule/on-schedule.ts';

/** The function may run for 50 s; what is left over waits for the next minute. */
const BUDGET_MS = 40_000;

export const handler = onSchedule(async ({ rt }) => {
  const stopAtMs = rt.clock.nowMs() + BUDGET_MS;
  const woken = await wakeDesks(rt);
  const swept = await sweepDue(rt, { stopAtMs });
  if (swept.late > 0 || swept.cut) rt.log.warn('deadlines swept', { woken, ...swept });
  else rt.log.info('deadlines swept', { woken, ...swept });
});
