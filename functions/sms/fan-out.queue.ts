import { onEvents } from '../../lib/platform/events/on-events.ts';
import { inboundReceived, statusChanged } from '../../lib/sms/events.ts';
import { hearStatus } from '../../lib/sms/hear-status.ts';
import { fanOut } from '../../lib/sms/webhooks/fan-out.ts';

export const handler = onEvents({
  queue: 'sms-statuses',
  on: [
    statusChanged.to((rt, { data }) => hearStatus(rt, data)),
    inboundReceived.to((rt, { data }) => fanOut(rt, data)),
  ],
});
