import { rightsLost } from '../../lib/platform/auth/rights-lost.ts';
import { onEvents } from '../../lib/platform/events/on-events.ts';
import { endWebhooksOf } from '../../lib/sms/webhooks/end-webhooks.ts';

export const handler = onEvents({
  queue: 'webhook-makers',
  on: [rightsLost.to((rt, { at, data }) => endWebhooksOf(rt, { ...data, at }))],
});
