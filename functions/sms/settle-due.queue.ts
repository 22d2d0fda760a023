import { onEvents } from '../../lib/platform/queue/on-events.ts';
import { fireTimer } from '../../lib/platform/timers/fire-timer.ts';
import { settleDue } from '../../lib/sms/deferral/settle-due.ts';
import { smsDue } from '../../lib/sms/internal-events.ts';
import { smsTimers } from '../../lib/sms/timers.ts';

export const handler = onEvents({
  queue: 'sms-due',
  on: [smsDue.to((rt, { data }) => fireTimer(rt, smsTimers, data, { held: settleDue }))],
});
