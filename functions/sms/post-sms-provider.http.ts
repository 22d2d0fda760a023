import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { addProvider } from '../../lib/sms/providers/edit-provider.ts';
import { PROVIDER_KINDS } from '../../lib/sms/providers/model.ts';
import { callbackUrls, providerFields, providerView } from '../../lib/sms/providers/provider-view.ts';

export const postSmsProviderRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sms-providers',
    summary: 'Create an SMS provider',
    description:
      'SMSC.ru (`smsc`): account = login with the secret password, or the secret apiKey alone; callbackSecret for `options.callbackHash`. sms.ru (`smsru`): the secret apiId. Twilio (`twilio`): account = account SID, the secret authToken. Enter `callbackUrl` of the answer in the account at SMSC.ru and sms.ru; Twilio gets it with each SMS. These URLs are not stored: a repeat with the same Idempotency-Key creates new ones.',
    tag: 'sms-providers',
    access: ['admin'],
    body: z.strictObject({
      kind: z.enum(PROVIDER_KINDS),
      ...providerFields,
      sender: providerFields.sender.default(''),
      ratePerSec: providerFields.ratePerSec.default(10),
      concurrency: providerFields.concurrency.default(4),
      priority: providerFields.priority.default(100),
      prices: providerFields.prices.default({}),
      options: providerFields.options.default({}),
    }),
    idempotent: true,
    secretFields: ['callbackUrl', 'inboundUrl'],
    location: '/v1/sms-providers/{providerId}',
    answers: { 201: providerView },
    problems: {
      'sms-provider-incomplete': 'unprocessable',
      'sms-provider-address': 'unprocessable',
      'too-many-providers': 'unprocessable',
    },
    example: {
      body: {
        kind: 'smsru',
        name: 'sms.ru, main contract',
        sender: 'Rotadesk',
        ratePerSec: 20,
        concurrency: 4,
        prices: { '79': { amountMinor: 410, currency: 'RUB' } },
        secrets: { apiId: '00000000-0000-0000-0000-000000000000' },
      },
    },
  },
  async ({ rt, caller, origin, body, idempotency }) => {
    const { kind, secrets, ...fields } = body;
    const view = await addProvider(rt, { kind, fields, secrets, caller, origin, idempotency });
    return { status: 201, body: view, etag: view.version };
  },
  ({ rt }, { providerId, kind }) => callbackUrls(rt, { id: providerId, kind }),
);
