import * as z from 'zod';
import { challengeIdSchema } from '../../lib/identity/model.ts';
import { answerTokens } from '../../lib/identity/sessions/presented-token.ts';
import { signIn } from '../../lib/identity/sign-in/sign-in.ts';
import { deviceTokenSchema, tokensView, toUserView, userView } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { typedCode } from '../../lib/platform/input/pasted-text.ts';

export const postSignInRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sign-in',
    summary: 'Exchange code for tokens',
    description:
      'An unknown phone is registered as a client: `newClient` is true, and the app should request name and e-mail next. A challenge allows five attempts, counted before they are checked; `code-wrong` says how many are left.',
    tag: 'sign-in',
    access: 'public',
    sessionCookie: true,
    body: () =>
      z.strictObject({
        challengeId: challengeIdSchema,
        code: typedCode(6),
      }),
    answers: {
      200: () =>
        tokensView().extend({ newClient: z.boolean(), deviceToken: deviceTokenSchema, user: userView() }),
    },
    problems: {
      'code-wrong': 'unauthenticated',
      'code-expired': 'unauthenticated',
      'account-locked': 'forbidden',
    },
    example: { body: { challengeId: 'chl_019a0000-0000-7000-8000-000000000001', code: '314159' } },
  },
  async ({ rt, body, session, origin }) => {
    const device = { userAgent: session.userAgent, address: origin.ip };
    const { user, ...signedIn } = await signIn(rt, { ...body, device });
    return { status: 200, ...answerTokens(rt, session, { ...signedIn, user: toUserView(user) }) };
  },
);
