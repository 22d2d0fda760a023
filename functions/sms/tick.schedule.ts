import { onSchedule } from '../../lib/platform/schedule/on-schedule.ts';
import { sweepDue } from '../../lib/sms/deferral/sweep-due.ts';

/** The function may run for 50 s; what is left over waits for the next minute. */
const BUDGET_MS = 40_000;

export const handler = onSchedule(async ({ rt }) => {
  const swept = await sweepDue(rt, rt.clock.nowMs() + BUDGET_MS);
  if (swept.cut) rt.log.warn('sms deadlines swept', { ...swept });
  else rt.log.info('sms deadlines swept', { ...swept });
});
