import * as z from 'zod';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { addProviderByTwo } from '../../lib/sms/by-two-admins.ts';
import { PROVIDER_KINDS } from '../../lib/sms/core/provider-model.ts';
import { callbackUrls, providerFields, providerView } from '../../lib/sms/providers/provider-view.ts';

/** A proposal has no addresses yet. */
const madeProvider = providerView().pick({ providerId: true, kind: true });

export const postSmsProviderRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/sms-providers',
    summary: 'Create an SMS provider',
    description:
      'SMSC.ru (`smsc`): account = login with the secret password, or the secret apiKey alone; callbackSecret for `options.callbackHash`. sms.ru (`smsru`): the secret apiId. Twilio (`twilio`): account = account SID, the secret authToken. Enter `callbackUrl` of the answer in the account at SMSC.ru and sms.ru; Twilio gets it with each SMS. These URLs are not stored: a repeat with the same Idempotency-Key creates new ones.',
    tag: 'sms-providers',
    access: ['admin'],
    body: () =>
      z.strictObject({
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
    location: { 201: '/v1/sms-providers/{providerId}', 202: '/v1/proposals/{area}/{proposalId}' },
    answers: { 201: providerView, 202: proposalView },
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
    const outcome = await addProviderByTwo(rt, { kind, fields, secrets, caller, origin, idempotency });
    if (outcome.kind === 'proposed')
      return { status: 202, body: outcome.proposal, etag: outcome.proposal.version };
    return { status: 201, body: outcome.value, etag: outcome.value.version };
  },
  async ({ rt }, kept) => {
    const made = madeProvider.safeParse(kept);
    return made.success ? callbackUrls(rt, { id: made.data.providerId, kind: made.data.kind }) : {};
  },
);
