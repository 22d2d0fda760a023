import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { providerIdSchema } from '../../lib/sms/model.ts';
import { disableProvider } from '../../lib/sms/providers/edit-provider.ts';
import { providerView } from '../../lib/sms/providers/provider-view.ts';

export const disableSmsProviderRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sms-providers/{providerId}/disable',
    summary: 'Disable an SMS provider',
    description:
      'It gets no new SMS; those it has accepted are still polled. Repeating it changes nothing. The last enabled provider of the own entity cannot be disabled: nobody could sign in without it.',
    tag: 'sms-providers',
    access: ['admin'],
    params: () => z.strictObject({ providerId: providerIdSchema }),
    answers: { 200: providerView },
    problems: {
      'sms-provider-not-found': 'missing',
      'own-needs-provider': 'conflict',
      busy: 'unavailable',
    },
  },
  async ({ rt, caller, origin, params }) => {
    const view = await disableProvider(rt, { ...params, caller, origin });
    return { status: 200, body: view, etag: view.version };
  },
);
