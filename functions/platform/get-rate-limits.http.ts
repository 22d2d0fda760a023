import { onHttp } from '../../lib/platform/http/on-http.ts';
import { readRates } from '../../lib/platform/rate-limits/edit-rates.ts';
import { ratesView } from '../../lib/platform/rate-limits/rates-view.ts';

export const getRateLimits = onHttp(
  {
    method: 'GET',
    path: '/v1/rate-limits',
    summary: 'How many requests in a minute are too many',
    tag: 'platform',
    access: ['admin'],
    answers: { 200: ratesView },
  },
  async ({ rt }) => {
    const view = await readRates(rt);
    return { status: 200, body: view, etag: view.version };
  },
);
