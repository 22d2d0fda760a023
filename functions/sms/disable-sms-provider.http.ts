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
      'Nothing new goes to it; what it has taken is still asked about. Repeating it changes nothing.',
    tag: 'sms-providers',
    access: ['manager'],
    params: z.strictObject({ providerId: providerIdSchema }),
    answers: { 200: providerView },
    problems: { 'sms-provider-not-found': 'missing' },
  },
  async ({ rt, caller, origin, params }) => {
    const view = await disableProvider(rt, { ...params, caller, origin });
    return { status: 200, body: view, etag: view.version };
  },
);
