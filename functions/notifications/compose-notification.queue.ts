import { composeNotification } from '../../lib/notifications/compose/compose-notification.ts';
import { notificationRequestedEvent } from '../../lib/notifications/events.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

export const handler = onQueue({ body: notificationRequestedEvent }, ({ rt, message }) =>
  composeNotification(rt, message),
);
