import { notificationParams, notificationView } from '../../lib/notifications/sent/notification-view.ts';
import { readNotification } from '../../lib/notifications/sent/read-notifications.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getNotificationRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/notifications/{notificationId}',
    summary: 'Get a notification and its state',
    tag: 'notifications',
    access: ['manager'],
    params: notificationParams,
    answers: { 200: notificationView },
    problems: { 'notification-not-found': 'missing' },
  },
  async ({ rt, params }) => ({ status: 200, body: await readNotification(rt, params.notificationId) }),
);
