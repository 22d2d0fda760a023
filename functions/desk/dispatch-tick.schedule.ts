import { deskTimers } from '../../lib/desk/desk-timers.ts';
import { wakeDesks } from '../../lib/desk/dispatch/wake-desks.ts';
import { measureDesks } from '../../lib/desk/insight/measure-desks.ts';
import { onSchedule } from '../../lib/platform/schedule/on-schedule.ts';
import { sweepDue } from '../../lib/platform/timers/sweep-due.ts';

export const handler = onSchedule(async ({ rt }) => {
  const [woken] = await Promise.all([wakeDesks(rt), sweepDue(rt, deskTimers), measureDesks(rt)]);
  rt.log.info('desks woken', { woken });
});
