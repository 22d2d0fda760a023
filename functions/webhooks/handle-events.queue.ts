import { rightsLost } from '../../lib/platform/auth/rights-lost.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';
import { inboundReceived, statusChanged } from '../../lib/sms/events.ts';
import { endWebhooksOf } from '../../lib/webhooks/end-webhooks.ts';
import { fanOut } from '../../lib/webhooks/fan-out.ts';

/** Tells webhooks what becomes of messages, and ends those of users who lost the right to receive it. */
export const handler = onEvents({
  queue: 'webhooks-events',
  on: [
    statusChanged.to(fanOut),
    inboundReceived.to(fanOut),
    rightsLost.to((rt, { at, data }) => endWebhooksOf(rt, { ...data, at })),
  ],
});
