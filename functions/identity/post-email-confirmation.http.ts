import * as z from 'zod';
import { confirmEmail } from '../../lib/identity/profile/confirm-email.ts';
import { CONFIRMATION_HEADERS, donePage, spentPage } from '../../lib/identity/profile/confirmation-page.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { shownEmail } from '../../lib/platform/input/email-address.ts';

export const postEmailConfirmationRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/email-confirmations/{token}',
    summary: 'Confirm an e-mail address',
    description: 'Once, within 24 hours of the e-mail. The body is ignored.',
    tag: 'profile',
    access: 'public',
    params: () => z.strictObject({ token: z.string().min(1).max(200) }),
    rawBody: true,
    answers: {
      200: { contentType: 'text/html; charset=utf-8' },
      410: { contentType: 'text/html; charset=utf-8' },
    },
  },
  async ({ rt, params }) => {
    const user = await confirmEmail(rt, params.token);
    return user?.email
      ? {
          status: 200,
          body: donePage(user.locale, shownEmail(user.email.address)),
          headers: CONFIRMATION_HEADERS,
        }
      : { status: 410, body: spentPage(), headers: CONFIRMATION_HEADERS };
  },
);
