import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { recentRead } from '../../platform/storage/recent-read.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Provider, providerSchema } from './provider-model.ts';

/** All providers are in one partition: there are few, and whoever chooses among them wants all. */
export const PROVIDERS = 'PROVIDERS';
/** More than any firm has contracts. */
export const MAX_PROVIDERS = 100;

export const providers = defineEntity({
  table: 'sms',
  name: 'sms.provider',
  key: ({ id }: Pick<Provider, 'id'>) => ({ pk: PROVIDERS, sk: id }),
  schema: providerSchema,
});

/** So old may the registry be at acceptance and at hand-off: the last evaluation reads it anew. */
export const FRESH_MS = 5_000;

const reads = recentRead<readonly Provider[]>(
  async (rt) => (await providers.page(rt, { pk: PROVIDERS, limit: MAX_PROVIDERS })).items,
  FRESH_MS,
);

/** Every provider as stored in the registry. */
export const readProviders = reads.read;

/** Every provider as of the last five seconds. */
export const recentProviders = reads.recent;

/** To be called with every write of a provider, so that whoever writes sees it at once. */
export const forgetProviders = reads.forget;

/** Holds a transaction to a provider as it was read. */
export const providerUnchanged = (rt: Runtime, provider: Provider): Write =>
  providers.unchanged(rt, provider);
