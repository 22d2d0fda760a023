import { onEvents } from '../../lib/platform/queue/on-events.ts';
import { countStatus } from '../../lib/sms/acceptance/count-status.ts';
import { requestSms } from '../../lib/sms/acceptance/request-sms.ts';
import { codeRequested, smsRequested, statusChanged } from '../../lib/sms/events.ts';

export const handler = onEvents(
  { queue: 'sms-requests-otp', on: [codeRequested.to((rt, { data }) => requestSms(rt, data))] },
  {
    queue: 'sms-events',
    on: [
      smsRequested.to((rt, { data }) => requestSms(rt, data)),
      statusChanged.to((rt, { data }) => countStatus(rt, data)),
    ],
  },
);
