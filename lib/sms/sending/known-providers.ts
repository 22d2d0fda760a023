import type { Runtime } from '../../platform/runtime.ts';
import { unseal } from '../../platform/secrets/index.ts';
import { recentRead } from '../../platform/storage/recent-read.ts';
import { FRESH_MS, recentProviders } from '../core/provider-facts-repository.ts';
import type { KnownHealth, Provider } from '../core/provider-model.ts';
import { adapterOf } from '../providers/adapters.ts';
import type { ProviderContext, SmsProvider } from '../providers/port.ts';
import { baseUrlOf, providerRules } from '../providers/provider-address.ts';
import { findProvider, listHealth, secretPlace } from '../providers/provider-repository.ts';
import { SECRETS_PURPOSE } from '../providers/secrets-purpose.ts';

/** Every provider with its settings and health. */
export interface Known {
  readonly providers: readonly Provider[];
  readonly health: readonly KnownHealth[];
}

const health = recentRead(listHealth, FRESH_MS);

/** Every provider as of the last five seconds. */
export const knownProviders = async (rt: Runtime): Promise<Known> => {
  const [providers, seen] = await Promise.all([recentProviders(rt), health.recent(rt)]);
  return { providers, health: seen };
};

/** To be called with every write of a provider's health. */
export const forgetHealth = health.forget;

export const knownProvider = async (rt: Runtime, providerId: string): Promise<Provider | undefined> =>
  (await recentProviders(rt)).find(({ id }) => id === providerId) ?? findProvider(rt, providerId);

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
