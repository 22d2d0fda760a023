import type { Runtime } from '../runtime.ts';
import { itemsOf } from '../storage/items.ts';
import type { Write } from '../storage/write.ts';
import { RATES_KEY, type StoredRates } from './rate-store.ts';
import type { Rates } from './rates.ts';

const items = itemsOf('platform');

export const ratesWrite = (rt: Runtime, before: StoredRates, rates: Rates): Write =>
  items.putNext(rt, { ...RATES_KEY, rates: { ...rates }, version: before.version + 1 }, before.version);
