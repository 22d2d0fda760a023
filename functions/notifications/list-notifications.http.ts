import * as z from 'zod';
import { troubleStates } from '../../lib/notifications/model.ts';
import { notificationView } from '../../lib/notifications/sent/notification-view.ts';
import { readNotifications } from '../../lib/notifications/sent/read-notifications.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

export const listNotificationsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/notifications',
    summary: 'List notifications',
    description: 'Newest first. Filter by one user or by one kind of failure; one of the two is required.',
    tag: 'notifications',
    access: ['manager'],
    query: () =>
      pageQuery().extend({
        userId: z
          .string()
          .regex(/^[\w-]{1,80}$/)
          .optional(),
        trouble: z.enum(troubleStates).optional(),
      }),
    answers: { 200: () => pageOf(notificationView()) },
  },
  async ({ rt, query }) => ({ status: 200, body: await readNotifications(rt, query) }),
);
