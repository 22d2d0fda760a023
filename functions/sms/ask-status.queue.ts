import { onQueue } from '../../lib/platform/queue/on-queue.ts';
import { fireTimer } from '../../lib/platform/timers/fire-timer.ts';
import { askOrPlace } from '../../lib/sms/sending/ask-message.ts';
import { askStatus } from '../../lib/sms/sending/ask-status.ts';
import { placeAgain } from '../../lib/sms/sending/take-callback.ts';
import { smsTimers } from '../../lib/sms/timers.ts';

/** Asks providers about messages, and looks once more for the message of a report that came too early. */
export const handler = onQueue({ body: askOrPlace }, ({ rt, message: { data } }) =>
  'timer' in data ? fireTimer(rt, smsTimers, data, { ask: askStatus }) : placeAgain(rt, data),
);
