import { onEvents } from '../../lib/platform/queue/on-events.ts';
import { fireTimer } from '../../lib/platform/timers/fire-timer.ts';
import { statusQueryDue, unmatchedReport } from '../../lib/sms/internal-events.ts';
import { matchAgain } from '../../lib/sms/sending/accept-callback.ts';
import { queryStatus } from '../../lib/sms/sending/query-status.ts';
import { smsTimers } from '../../lib/sms/timers.ts';

/** Queries providers for the status of messages, and matches a report that came too early once more. */
export const handler = onEvents({
  queue: 'sms-status-queries',
  on: [
    statusQueryDue.to((rt, { data }) => fireTimer(rt, smsTimers, data, { ask: queryStatus })),
    unmatchedReport.to((rt, { data }) => matchAgain(rt, data)),
  ],
});
