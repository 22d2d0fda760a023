import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Provider } from '../providers/model.ts';
import { listProviders } from '../providers/repository/providers.ts';
import { connect } from './known-providers.ts';
import { keepHealth } from './note-health.ts';
import { leaveTurn, takeLease } from './take-turn.ts';

const checkOne = async (rt: Runtime, provider: Provider): Promise<void> => {
  const leaseId = await takeLease(rt, provider);
  if (leaseId === undefined) return; // it is at work: messages show how it is
  try {
    const { adapter, ctx } = await connect(rt, provider);
    const seen = await adapter.balance(ctx);
    if (seen.kind !== 'known') {
      const state = seen.kind === 'refused' ? 'refusing' : 'down';
      rt.log.warn('an SMS provider is not well', { providerId: provider.id, state, why: seen.why });
      return await keepHealth(rt, provider.id, { state, why: seen.why });
    }
    const currency = seen.currency ?? provider.currency;
    const at = instant(rt.clock.nowMs());
    const balance = { amount: seen.amount, ...(currency !== undefined && { currency }), at };
    await keepHealth(rt, provider.id, { state: 'up', balance });
  } finally {
    await leaveTurn(rt, provider.id, leaseId);
  }
};

/** Looks up the balance of every provider in use, which shows as well whether it answers and knows us (R-SMS-04). */
export const checkProviders = async (rt: Runtime): Promise<void> => {
  const { items } = await listProviders(rt);
  await Promise.all(items.filter(({ disabledAt }) => !disabledAt).map((provider) => checkOne(rt, provider)));
};
