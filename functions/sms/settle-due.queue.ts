import { onQueue } from '../../lib/platform/queue/on-queue.ts';
import { settleDue } from '../../lib/sms/deferral/settle-due.ts';
import { smsNamedEvent } from '../../lib/sms/events.ts';

export const handler = onQueue({ body: smsNamedEvent }, ({ rt, message }) =>
  settleDue(rt, message.data.smsId),
);
