import { auditEvent } from '../audit.ts';
import type { Caller } from '../auth/caller.ts';
import { AppError } from '../errors.ts';
import type { Origin } from '../http/on-http.ts';
import type { Runtime } from '../runtime.ts';
import { commit } from '../storage/commit.ts';
import { untilCommitted } from '../storage/until-committed.ts';
import { ratesWrite } from './rate-settings-repository.ts';
import { findRates } from './rate-store.ts';
import type { Rates } from './rates.ts';
import { type RatesChange, type RatesView, toRatesView } from './rates-view.ts';

interface EditRates {
  readonly change: RatesChange;
  readonly ifMatch: number;
  readonly caller: Caller;
  readonly origin: Origin;
}

export const readRates = async (rt: Runtime): Promise<RatesView> => toRatesView(await findRates(rt));

/** Changes how many requests are too many; known everywhere within a minute. Throws `stale` unless they are at `ifMatch`. */
export const editRates = (rt: Runtime, { change, ifMatch, caller, origin }: EditRates): Promise<RatesView> =>
  untilCommitted(rt, async () => {
    const before = await findRates(rt);
    if (before.version !== ifMatch) {
      throw new AppError('stale', 'stale', 'The rate limits were changed meanwhile.');
    }
    const rates = { ...before.rates, ...change.rates } as Rates;
    await commit(rt, {
      writes: [ratesWrite(rt, before, rates)],
      events: [
        auditEvent(rt, {
          actor: caller,
          action: 'rate-limits.changed',
          subject: 'settings/rate-limits',
          details: { from: before.rates, to: rates },
          origin,
        }),
      ],
    });
    return toRatesView({ rates, version: before.version + 1 });
  });
