import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { providerIdSchema } from '../../lib/sms/model.ts';
import { disableProvider } from '../../lib/sms/providers/edit-provider.ts';
import { providerView } from '../../lib/sms/providers/provider-view.ts';

export const disableSmsProvider = onHttp(
  {
    method: 'POST',
    path: '/v1/sms-providers/{providerId}/disable',
    summary: 'Take an SMS provider out of use',
    description:
      'Nothing new goes to it; what it has taken is still asked about. Repeating it changes nothing. The last one in use for the own entity stays: nobody could sign in without it.',
    tag: 'sms-providers',
    access: ['admin'],
    params: z.strictObject({ providerId: providerIdSchema }),
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
