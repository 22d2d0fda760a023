import type { Clock } from '../clock.ts';
import type { Admission, Counted, RateLimiter } from '../rate-limiter.ts';
import { addToCount, findRates, type RateStoreParts } from './rate-store.ts';
import { batchOf, initialRates, type Rates, WINDOW_MS } from './rates.ts';

export interface RateLimiterParts extends RateStoreParts {
  readonly clock: Clock;
}

/** A change of the settings is known everywhere after so long. */
const SETTINGS_FOR_MS = 60_000;
/** Callers remembered at once: a flood from many addresses must not fill the memory. The eldest is forgotten. */
const MAX_CALLERS = 20_000;

interface Count {
  /** What the store said last, and what was admitted since. */
  known: number;
  /** Of them, not counted in the store yet. */
  untold: number;
}

const settingsReader = (parts: RateLimiterParts) => {
  let rates: Rates = initialRates;
  let readAtMs = Number.NEGATIVE_INFINITY;
  return async (): Promise<Rates> => {
    const nowMs = parts.clock.nowMs();
    if (nowMs - readAtMs < SETTINGS_FOR_MS) return rates;
    // Requests beside this one go on with what was known, instead of reading too.
    readAtMs = nowMs;
    try {
      rates = await findRates(parts);
    } catch (error) {
      parts.log.warn('rate limits not read', { error });
    }
    return rates;
  };
};

/** The counts of the window that runs; those of the one before are forgotten when it ends. */
const countsByWindow = () => {
  let current = Number.NaN;
  let counts = new Map<string, Count>();
  return (window: number, { kind, who }: Counted): Count => {
    if (window !== current) {
      current = window;
      counts = new Map();
    }
    const name = `${kind}#${who}`;
    const known = counts.get(name);
    if (known) return known;
    if (counts.size >= MAX_CALLERS) counts.delete(counts.keys().next().value as string);
    const fresh: Count = { known: 0, untold: 0 };
    counts.set(name, fresh);
    return fresh;
  };
};

/** Tells the store what was counted here, and reads what was counted everywhere. */
const share = async (
  parts: RateLimiterParts,
  counted: Counted,
  { window, count }: { window: number; count: Count },
): Promise<void> => {
  const by = count.untold;
  count.untold = 0;
  try {
    count.known = Math.max(count.known, await addToCount(parts, counted, { window, by }));
  } catch (error) {
    parts.log.warn('requests not counted', { error, kind: counted.kind });
  }
};

/**
 * Counts requests by the minute of the clock: in this process, and after every batch (`batchOf`) in the store, where all
 * processes add up. Rare callers cost the store nothing, and neither do callers over the limit.
 */
export const createRateLimiter = (parts: RateLimiterParts): RateLimiter => {
  const ratesOf = settingsReader(parts);
  const countOf = countsByWindow();
  return {
    admit: async (counted) => {
      const limit = (await ratesOf())[counted.kind];
      const nowMs = parts.clock.nowMs();
      const window = Math.floor(nowMs / WINDOW_MS);
      const count = countOf(window, counted);
      const answer = (admitted: boolean): Admission => ({
        admitted,
        limit,
        remaining: Math.max(0, limit - count.known),
        resetSec: Math.max(1, Math.ceil(((window + 1) * WINDOW_MS - nowMs) / 1000)),
      });
      if (count.known >= limit) return answer(false);
      count.known += 1;
      count.untold += 1;
      if (count.untold >= batchOf(limit)) {
        await share(parts, counted, { window, count });
        return answer(count.known <= limit);
      }
      return answer(true);
    },
  };
};
