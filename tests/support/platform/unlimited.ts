import type { RateLimiter } from '../../../lib/platform/rate-limiter.ts';

/** Lets everybody in: a test's clock stands still, and a thousand requests of it come within one minute. */
export const unlimited: RateLimiter = {
  admit: async () => ({ admitted: true, limit: 1_000_000, remaining: 1_000_000, resetSec: 60 }),
};
