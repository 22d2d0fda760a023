import { onSchedule } from '../../lib/platform/schedule/on-schedule.ts';
import { sweepDue } from '../../lib/platform/timers/sweep-due.ts';
import { webhookTimers } from '../../lib/webhooks/timers.ts';

export const handler = onSchedule(async ({ rt }) => {
  await sweepDue(rt, webhookTimers);
});
