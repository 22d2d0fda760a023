import { rateSettings } from '../../lib/platform/rate-limits/rates.ts';
import { settingsEndpoints } from '../../lib/platform/settings/settings-endpoints.ts';

export const {
  read: getRateLimits,
  change: patchRateLimits,
  history: listRateLimitsHistory,
} = settingsEndpoints(rateSettings, {
  path: '/v1/rate-limits',
  tag: 'platform',
  viewId: 'RateLimits',
  summaries: {
    read: 'How many requests in a minute are too many',
    change: 'Change how many requests in a minute are too many',
    history: 'Changes of the rate limits, newest first',
  },
  description: 'In force within a minute.',
  example: { values: { key: 6000 } },
});
