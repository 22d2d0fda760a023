import * as z from 'zod';
import { challengeIdSchema } from '../../lib/identity/model.ts';
import { requestCode } from '../../lib/identity/sign-in/request-code.ts';
import { deviceTokenSchema, localeSchema } from '../../lib/identity/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { phoneSchema } from '../../lib/platform/input/phone.ts';

export const postChallengeRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sign-in/challenges',
    summary: 'Request a sign-in code by SMS',
    description:
      'The answer is the same for every phone, known or unknown. While a challenge is valid (5 minutes, 5 attempts), another request sends the same code again, from `resendAt` on; an earlier request is refused with Retry-After. A request from another address meanwhile gets a challenge of its own for the code that was sent, with its own attempts. A `deviceToken` (from an earlier sign-in with this phone) gives this device codes of its own, which no other device can use up.',
    tag: 'sign-in',
    access: 'public',
    body: () =>
      z.strictObject({
        phone: phoneSchema,
        locale: localeSchema.optional(),
        deviceToken: deviceTokenSchema.optional(),
      }),
    answers: {
      202: () =>
        z.object({
          challengeId: challengeIdSchema,
          expiresAt: z.iso.datetime().meta({ description: 'The code is valid until then.' }),
          resendAt: z.iso.datetime().meta({ description: 'Another code may be requested from then on.' }),
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
