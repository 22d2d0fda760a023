import { onQueue } from '../../lib/platform/queue/on-queue.ts';
import { requestSms } from '../../lib/sms/acceptance/request-sms.ts';
import { smsRequested } from '../../lib/sms/events.ts';

export const handler = onQueue({ body: smsRequested }, ({ rt, message }) => requestSms(rt, message.data));
