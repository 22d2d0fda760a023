import { onHttp } from '../../lib/platform/http/on-http.ts';
import { editRates } from '../../lib/platform/rate-limits/edit-rates.ts';
import { ratesChange, ratesView } from '../../lib/platform/rate-limits/rates-view.ts';

export const patchRateLimits = onHttp(
  {
    method: 'PATCH',
    path: '/v1/rate-limits',
    summary: 'Change how many requests in a minute are too many',
    description: 'What is not named stays. In force within a minute.',
    tag: 'platform',
    access: ['admin'],
    body: ratesChange,
    ifMatch: 'required',
    answers: { 200: ratesView },
    problems: { stale: 'stale' },
    example: { body: { rates: { key: 6000 } } },
  },
  async ({ rt, caller, origin, body, ifMatch }) => {
    const view = await editRates(rt, { change: body, ifMatch, caller, origin });
    return { status: 200, body: view, etag: view.version };
  },
);
