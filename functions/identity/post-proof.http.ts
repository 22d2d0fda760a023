import * as z from 'zod';
import { challengeIdSchema } from '../../lib/identity/model.ts';
import { proveYourself } from '../../lib/identity/sign-in/prove-yourself.ts';
import { tokensView } from '../../lib/identity/views.ts';
import { ROLES } from '../../lib/platform/caller.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { typedCode } from '../../lib/platform/input/pasted-text.ts';

export const postProofRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/me/proof',
    summary: 'Prove who you are once more',
    description:
      'For operations that answer 401 `fresh-proof-needed`. Request a code for your own phone at `POST /v1/sign-in/challenges` and exchange it here for an access token that such operations take for ten minutes. The refresh token stays as it is. Whoever signed in within the last ten minutes needs no other proof.',
    tag: 'sign-in',
    access: ROLES,
    body: () => z.strictObject({ challengeId: challengeIdSchema, code: typedCode(6) }),
    answers: { 200: () => tokensView().omit({ refreshToken: true }).meta({ id: 'ProvedToken' }) },
    problems: {
      'code-wrong': 'unauthenticated',
      'code-expired': 'unauthenticated',
      'session-ended': 'unauthenticated',
      'user-not-found': 'missing',
    },
    example: { body: { challengeId: 'chl_019a0000-0000-7000-8000-000000000001', code: '314159' } },
  },
  async ({ rt, caller, origin, body }) => ({
    status: 200,
    body: await proveYourself(rt, { ...body, caller, origin }),
  }),
);
