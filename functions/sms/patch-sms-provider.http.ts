import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { providerIdSchema } from '../../lib/sms/model.ts';
import { editProvider } from '../../lib/sms/providers/edit-provider.ts';
import { providerFields, providerView } from '../../lib/sms/providers/provider-view.ts';

export const patchSmsProviderRoute = onHttp(
  {
    method: 'PATCH',
    path: '/v1/sms-providers/{providerId}',
    summary: 'Update an SMS provider',
    description:
      'Secrets given are replaced; the others stay. Changing `baseUrl` or `account` requires every secret anew. `disabled: false` enables it again; the last enabled provider of the own entity cannot be disabled.',
    tag: 'sms-providers',
    access: ['admin'],
    params: z.strictObject({ providerId: providerIdSchema }),
    body: z.strictObject({ ...providerFields, disabled: z.boolean() }).partial(),
    ifMatch: 'required',
    answers: { 200: providerView },
    problems: {
      'sms-provider-not-found': 'missing',
      'sms-provider-incomplete': 'unprocessable',
      'sms-provider-address': 'unprocessable',
      'sms-provider-secrets-needed': 'unprocessable',
      'own-needs-provider': 'conflict',
      busy: 'unavailable',
      stale: 'stale',
    },
    example: { body: { ratePerSec: 50 } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const view = await editProvider(rt, { ...params, change: body, ifMatch, caller, origin });
    return { status: 200, body: view, etag: view.version };
  },
);
