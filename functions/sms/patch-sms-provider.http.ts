import * as z from 'zod';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { editProviderByTwo } from '../../lib/sms/by-two-admins.ts';
import { providerIdSchema } from '../../lib/sms/model.ts';
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
    params: () => z.strictObject({ providerId: providerIdSchema }),
    body: () => z.strictObject({ ...providerFields, disabled: z.boolean() }).partial(),
    ifMatch: 'required',
    location: { 202: '/v1/proposals/{area}/{proposalId}' },
    answers: { 200: providerView, 202: proposalView },
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
    const { secrets = {}, ...change } = body;
    const outcome = await editProviderByTwo(rt, { ...params, change, secrets, ifMatch, caller, origin });
    if (outcome.kind === 'proposed')
      return { status: 202, body: outcome.proposal, etag: outcome.proposal.version };
    return { status: 200, body: outcome.value, etag: outcome.value.version };
  },
);
