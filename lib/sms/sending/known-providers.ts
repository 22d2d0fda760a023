import type { Runtime } from '../../platform/runtime.ts';
import { unseal } from '../../platform/secrets/index.ts';
import { adapterOf } from '../providers/adapters.ts';
import type { KnownHealth, Provider } from '../providers/model.ts';
import type { ProviderContext, SmsProvider } from '../providers/port.ts';
import { baseUrlOf, providerRules } from '../providers/provider-address.ts';
import { findProvider, listHealth, listProviders, secretPlace } from '../providers/repository/providers.ts';
import { SECRETS_PURPOSE } from '../providers/secrets-purpose.ts';

/** Every provider with its settings and health. */
export interface Known {
  readonly providers: readonly Provider[];
  readonly health: readonly KnownHealth[];
}

/** Settings may be so old at hand-off; whether one is disabled is looked up anew by the last judgement. */
const FRESH_MS = 5_000;

const known = new WeakMap<object, { atMs: number; value: Promise<Known> }>();

const load = async (rt: Runtime): Promise<Known> => {
  const [{ items }, health] = await Promise.all([listProviders(rt), listHealth(rt)]);
  return { providers: items, health };
};

/** Every provider as it stood within the last five seconds. */
export const knownProviders = async (rt: Runtime): Promise<Known> => {
  const nowMs = rt.clock.nowMs();
  const recent = known.get(rt.dynamo);
  if (recent && nowMs >= recent.atMs && nowMs - recent.atMs < FRESH_MS) return recent.value;
  const value = load(rt);
  known.set(rt.dynamo, { atMs: nowMs, value });
  value.catch(() => known.delete(rt.dynamo));
  return value;
};

/** To be looked up anew: something here has changed it. */
export const forgetKnown = (rt: Runtime): void => void known.delete(rt.dynamo);

export const knownProvider = async (rt: Runtime, providerId: string): Promise<Provider | undefined> =>
  (await knownProviders(rt)).providers.find(({ id }) => id === providerId) ?? findProvider(rt, providerId);

/** A provider answers within this or not at all. */
export const PROVIDER_TIMEOUT_MS = 10_000;

/** A provider's adapter with all it needs: settings, and secrets in clear for as long as the call takes. */
export const connect = async (
  rt: Runtime,
  provider: Provider,
): Promise<{ adapter: SmsProvider; ctx: ProviderContext }> => {
  const adapter = adapterOf(provider.kind);
  const secrets = await Promise.all(
    Object.entries(provider.secrets).map(
      async ([name, sealed]) =>
        [name, await unseal(rt, SECRETS_PURPOSE, sealed, secretPlace(provider.id, name))] as const,
    ),
  );
  const ctx: ProviderContext = {
    fetch: (url, init) => rt.fetch(url, init),
    nowMs: rt.clock.nowMs(),
    timeoutMs: PROVIDER_TIMEOUT_MS,
    log: rt.log,
    rules: providerRules(rt, provider),
    baseUrl: baseUrlOf(provider),
    account: provider.account,
    secrets: Object.fromEntries(secrets),
    options: provider.options ?? {},
  };
  return { adapter, ctx };
};
