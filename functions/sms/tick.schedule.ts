import { onSchedule } from '../../lib/platform/schedule/on-schedule.ts';
import { sweepDue } from '../../lib/platform/timers/sweep-due.ts';
import { smsTimers } from '../../lib/sms/timers.ts';

export const handler = onSchedule(async ({ rt }) => {
  await sweepDue(rt, smsTimers);
});
