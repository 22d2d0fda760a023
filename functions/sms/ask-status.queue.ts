import { onEvents } from '../../lib/platform/queue/on-events.ts';
import { fireTimer } from '../../lib/platform/timers/fire-timer.ts';
import { reportUnplaced, statusQueryDue } from '../../lib/sms/internal-events.ts';
import { askStatus } from '../../lib/sms/sending/ask-status.ts';
import { matchAgain } from '../../lib/sms/sending/take-callback.ts';
import { smsTimers } from '../../lib/sms/timers.ts';

/** Asks providers about messages, and looks once more for the message of a report that came too early. */
export const handler = onEvents({
  queue: 'sms-asks',
  on: [
    statusQueryDue.to((rt, { data }) => fireTimer(rt, smsTimers, data, { ask: askStatus })),
    reportUnplaced.to((rt, { data }) => matchAgain(rt, data)),
  ],
});
