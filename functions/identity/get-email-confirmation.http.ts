import * as z from 'zod';
import { findOpenLink } from '../../lib/identity/profile/confirm-email.ts';
import {
  CONFIRMATION_HEADERS,
  confirmPage,
  spentPage,
} from '../../lib/identity/profile/confirmation-page.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { shownEmail } from '../../lib/platform/input/email-address.ts';

export const getEmailConfirmationRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/email-confirmations/{token}',
    summary: 'Show the e-mail confirmation page',
    description: 'Opening the page confirms nothing, because mail scanners open links. Its button does.',
    tag: 'profile',
    access: 'public',
    params: () => z.strictObject({ token: z.string().min(1).max(200) }),
    answers: {
      200: { contentType: 'text/html; charset=utf-8' },
      410: { contentType: 'text/html; charset=utf-8' },
    },
  },
  async ({ rt, params }) => {
    const user = await findOpenLink(rt, params.token);
    return user?.email
      ? {
          status: 200,
          body: confirmPage(user.locale, shownEmail(user.email.address)),
          headers: CONFIRMATION_HEADERS,
        }
      : { status: 410, body: spentPage(), headers: CONFIRMATION_HEADERS };
  },
);
