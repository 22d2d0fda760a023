import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { providerIdSchema } from '../../lib/sms/model.ts';
import { providerView } from '../../lib/sms/providers/provider-view.ts';
import { readProvider } from '../../lib/sms/providers/read-providers.ts';

export const getSmsProviderRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/sms-providers/{providerId}',
    summary: 'Get an SMS provider',
    description: 'With its health and balance.',
    tag: 'sms-providers',
    access: ['manager', 'admin'],
    params: () => z.strictObject({ providerId: providerIdSchema }),
    answers: { 200: providerView },
    problems: { 'sms-provider-not-found': 'missing' },
  },
  async ({ rt, params }) => {
    const view = await readProvider(rt, params.providerId);
    return { status: 200, body: view, etag: view.version };
  },
);
