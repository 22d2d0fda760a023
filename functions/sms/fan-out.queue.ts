import { onQueue } from '../../lib/platform/queue/on-queue.ts';
import { statusChanged } from '../../lib/sms/events.ts';
import { fanOut } from '../../lib/sms/webhooks/fan-out.ts';

export const handler = onQueue({ body: statusChanged }, ({ rt, message }) => fanOut(rt, message.data));
