import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { ProviderHealth, SendOutcome } from '../core/provider-model.ts';
import { findHealth, healthWrite } from '../providers/provider-repository.ts';
import { forgetHealth, knownProviders } from './known-providers.ts';

type Seen = Pick<ProviderHealth, 'state'> & {
  readonly why?: string;
  readonly balance?: ProviderHealth['balance'];
};

/** What one answer to a message says of its provider; undefined: nothing. */
export const healthIn = (outcome: SendOutcome): Seen | undefined => {
  if (outcome.kind === 'accepted') return { state: 'up' };
  if (outcome.kind === 'lost') return undefined; // one lost answer is no sign; the next check decides
  if (outcome.code === 'unreachable') return { state: 'down', why: outcome.why };
  return outcome.reason === 'account' ? { state: 'refusing', why: outcome.why } : undefined;
};

/** Keeps what was seen. The balance stays as it was unless it was read. */
export const keepHealth = async (rt: Runtime, providerId: string, seen: Seen): Promise<void> => {
  const at = instant(rt.clock.nowMs());
  const before = await findHealth(rt, providerId);
  const balance = seen.balance ?? before?.balance;
  const health: ProviderHealth = {
    state: seen.state,
    since: before?.state === seen.state ? before.since : at,
    checkedAt: at,
    ...(seen.why !== undefined && { why: seen.why }),
    ...(balance && { balance }),
  };
  await commit(rt, { writes: [healthWrite(rt, providerId, health)] });
  forgetHealth(rt);
};

/** Notes a change that a hand-off has shown; what is as it was costs nothing. A failure is no matter: the check will see it. */
export const recordHealth = async (rt: Runtime, providerId: string, outcome: SendOutcome): Promise<void> => {
  const seen = healthIn(outcome);
  if (!seen) return;
  try {
    const { health } = await knownProviders(rt);
    const state = health.find((each) => each.providerId === providerId)?.state ?? 'up';
    if (state !== seen.state) await keepHealth(rt, providerId, seen);
  } catch (error) {
    rt.log.warn('health not noted', { providerId, error });
  }
};
