import { onQueue } from '../../lib/platform/queue/on-queue.ts';
import { told } from '../../lib/sms/events.ts';
import { fanOut } from '../../lib/sms/webhooks/fan-out.ts';

export const handler = onQueue({ body: told }, ({ rt, message }) => fanOut(rt, message.data));
