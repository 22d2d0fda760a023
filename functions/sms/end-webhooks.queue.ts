import { onQueue } from '../../lib/platform/queue/on-queue.ts';
import { endWebhooksOf, makerChanged } from '../../lib/sms/webhooks/end-webhooks.ts';

export const handler = onQueue({ body: makerChanged }, ({ rt, message: { at, data } }) =>
  endWebhooksOf(rt, { ...data, at }),
);
