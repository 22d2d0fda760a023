import { settingsEndpoints } from '../../lib/platform/http/settings-endpoints.ts';
import { rateSettings } from '../../lib/platform/rate-limits/rates.ts';

export const {
  read: getRateLimitsRoute,
  change: patchRateLimitsRoute,
  history: listRateLimitsHistoryRoute,
} = settingsEndpoints(rateSettings, {
  path: '/v1/rate-limits',
  tag: 'platform',
  viewId: 'RateLimits',
  summaries: {
    read: 'Get rate limits, in requests per minute',
    change: 'Update rate limits',
    history: 'List changes of rate limits, newest first',
  },
  description: 'Takes effect within a minute.',
  example: { values: { key: 6000 } },
});
