import { emailConfirmationRequested, staffCreated, userChangedByAdmin } from '../../lib/identity/events.ts';
import { composeNotification } from '../../lib/notifications/compose/compose-notification.ts';
import { requestNotifications } from '../../lib/notifications/compose/request-notifications.ts';
import {
  accountChangedRequests,
  confirmationRequest,
  welcomeRequest,
} from '../../lib/notifications/compose/user-requests.ts';
import { notificationRequested } from '../../lib/notifications/internal-events.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';

export const handler = onEvents({
  queue: 'notifications',
  on: [
    emailConfirmationRequested.to((rt, { at, data }) =>
      composeNotification(rt, { at, data: confirmationRequest(data) }),
    ),
    staffCreated.to((rt, { at, data }) => composeNotification(rt, { at, data: welcomeRequest(data) })),
    userChangedByAdmin.to((rt, { data }) => requestNotifications(rt, accountChangedRequests(data))),
    notificationRequested.to(composeNotification),
  ],
});
