import * as z from 'zod';
import { notificationParams } from '../../lib/notifications/sent/notification-view.ts';
import { readEmail } from '../../lib/notifications/sent/read-notifications.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getEmailRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/notifications/{notificationId}/email',
    summary: 'Get rendered e-mail',
    description: 'As it was rendered. A secret in its link is not stored and is shown as three dots.',
    tag: 'notifications',
    access: ['manager'],
    params: notificationParams,
    answers: { 200: () => z.object({ subject: z.string(), text: z.string(), html: z.string() }) },
    problems: {
      'notification-not-found': 'missing',
      'email-not-found': 'missing',
      'email-gone': 'missing',
      'email-changed': 'unprocessable',
    },
  },
  async ({ rt, params }) => ({ status: 200, body: await readEmail(rt, params.notificationId) }),
);
