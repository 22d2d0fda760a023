import { onEvents } from '../../lib/platform/events/on-events.ts';
import { requestSms } from '../../lib/sms/acceptance/request-sms.ts';
import { codeRequested, smsRequested } from '../../lib/sms/events.ts';

export const handler = onEvents(
  { queue: 'sms-requests-otp', on: [codeRequested.to((rt, { data }) => requestSms(rt, data))] },
  { queue: 'sms-requests', on: [smsRequested.to((rt, { data }) => requestSms(rt, data))] },
);
