import { instant } from '../../platform/clock.ts';
import { count } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Provider } from '../core/provider-model.ts';
import { listProviders } from '../providers/provider-repository.ts';
import { connect } from './known-providers.ts';
import { keepHealth } from './record-health.ts';
import { withConnection } from './with-connection.ts';

const readBalance = async (rt: Runtime, provider: Provider): Promise<void> => {
  const { adapter, ctx } = await connect(rt, provider);
  const seen = await adapter.balance(ctx);
  if (seen.kind !== 'known') {
    const state = seen.kind === 'refused' ? 'refusing' : 'down';
    count(rt, 'ProviderNotWell', { providerId: provider.id, state, why: seen.why });
    return keepHealth(rt, provider.id, { state, why: seen.why });
  }
  if (Number(seen.amount) < Number(provider.lowBalance ?? Number.NEGATIVE_INFINITY))
    count(rt, 'ProviderBalanceLow', { providerId: provider.id, amount: seen.amount });
  const currency = seen.currency ?? provider.currency;
  const at = instant(rt.clock.nowMs());
  const balance = { amount: seen.amount, ...(currency !== undefined && { currency }), at };
  await keepHealth(rt, provider.id, { state: 'up', balance });
};

/** One that is fully at work is not disturbed: messages show how it is. */
const checkOne = async (rt: Runtime, provider: Provider): Promise<void> =>
  void (await withConnection(rt, provider, () => readBalance(rt, provider)));

/** Reads the balance of every provider in use, which also shows whether it answers and accepts our credentials (R-SMS-04). */
export const checkProviders = async (rt: Runtime): Promise<void> => {
  const { items } = await listProviders(rt);
  await Promise.all(items.filter(({ disabledAt }) => !disabledAt).map((provider) => checkOne(rt, provider)));
};
