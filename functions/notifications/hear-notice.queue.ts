import { hearNotice } from '../../lib/notifications/notices/hear-notice.ts';
import { domainEvent } from '../../lib/platform/events/event.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

export const handler = onQueue({ body: domainEvent }, ({ rt, message }) => hearNotice(rt, message));
