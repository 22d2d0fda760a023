import * as z from 'zod';
import { setEmail } from '../../lib/identity/profile/confirm-email.ts';
import { toUserView, userView } from '../../lib/identity/views.ts';
import { ROLES } from '../../lib/platform/caller.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { emailSchema } from '../../lib/platform/input/email-address.ts';

export const putEmailRoute = onHttp(
  {
    method: 'PUT',
    path: '/v1/me/email',
    summary: 'Set your e-mail address',
    description:
      'Sends an e-mail with a confirmation link, valid once within 24 hours. A different address starts over; the same one changes nothing.',
    tag: 'profile',
    access: ROLES,
    body: () => z.strictObject({ email: emailSchema }),
    answers: { 200: userView },
    problems: {
      'user-not-found': 'missing',
      'session-ended': 'unauthenticated',
      'too-many-emails': 'limited',
      'resend-too-early': 'limited',
    },
    example: { body: { email: 'anna@firm.example' } },
  },
  async ({ rt, caller, body }) => ({
    status: 200,
    body: toUserView(await setEmail(rt, { caller, address: body.email })),
  }),
);
