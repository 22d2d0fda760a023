import { resendConfirmation } from '../../lib/identity/profile/confirm-email.ts';
import { toUserView, userView } from '../../lib/identity/views.ts';
import { ROLES } from '../../lib/platform/caller.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postResendConfirmationRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/me/email/resend',
    summary: 'Resend the confirmation e-mail',
    description:
      'After 60 seconds, at most five times a day. Earlier links of the same address stay valid for their 24 hours.',
    tag: 'profile',
    access: ROLES,
    answers: { 202: userView },
    problems: {
      'user-not-found': 'missing',
      'session-ended': 'unauthenticated',
      'email-missing': 'conflict',
      'email-confirmed': 'conflict',
      'too-many-emails': 'limited',
      'resend-too-early': 'limited',
    },
  },
  async ({ rt, caller }) => ({ status: 202, body: toUserView(await resendConfirmation(rt, caller)) }),
);
