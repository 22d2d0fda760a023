import * as z from 'zod';
import { challengeIdSchema } from '../../lib/identity/model.ts';
import { requestCode } from '../../lib/identity/sign-in/request-code.ts';
import { deviceTokenSchema, localeSchema } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { phoneSchema } from '../../lib/platform/input/phone.ts';

export const postChallenge = onHttp(
  {
    method: 'POST',
    path: '/v1/sign-in/challenges',
    summary: 'Ask for a sign-in code by SMS',
    description:
      'The same answer for every phone, known or not. While a challenge lives (5 minutes, 5 attempts), asking again sends the ' +
      'same code again, from resendAt on. Asked too early, the problem carries Retry-After. Somebody else who asks meanwhile, from ' +
      'another address, gets a challenge of their own for the code that was sent, with guesses of their own. A deviceToken (of an ' +
      'earlier sign-in by this phone) lets this device have codes of its own, which nobody else can use up.',
    tag: 'sign-in',
    access: 'public',
    body: z.strictObject({
      phone: phoneSchema,
      locale: localeSchema.optional(),
      deviceToken: deviceTokenSchema.optional(),
    }),
    answers: {
      202: z.object({
        challengeId: challengeIdSchema,
        expiresAt: z.iso.datetime().meta({ description: 'The code is good until then.' }),
        resendAt: z.iso.datetime().meta({ description: 'Another one may be asked for from then on.' }),
      }),
    },
    problems: {
      'phone-invalid': 'unprocessable',
      'phone-not-mobile': 'unprocessable',
      'phone-country': 'unprocessable',
      'resend-too-early': 'limited',
      'too-many-codes': 'limited',
    },
    example: { body: { phone: '+7 916 123-45-67', locale: 'ru' } },
  },
  async ({ rt, body, origin }) => ({ status: 202, body: await requestCode(rt, { ...body, origin }) }),
);
