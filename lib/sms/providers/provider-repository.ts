import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { MAX_PROVIDERS, PROVIDERS, providers } from '../core/provider-facts-repository.ts';
import {
  type KnownHealth,
  type Provider,
  type ProviderHealth,
  providerHealthSchema,
} from '../core/provider-model.ts';
import type { Item, Page } from '../core/table.ts';

export const providerList = { name: 'sms-providers', pk: PROVIDERS };

export const findProvider = (rt: Runtime, providerId: string): Promise<Provider | undefined> =>
  providers.find(rt, { id: providerId });

export const providerMissing = (): AppError =>
  new AppError('missing', 'sms-provider-not-found', 'There is no such SMS provider.');

export const getProvider = (rt: Runtime, providerId: string): Promise<Provider> =>
  providers.get(rt, { id: providerId }, providerMissing);

export const listProviders = (
  rt: Runtime,
  { limit = MAX_PROVIDERS, after }: { limit?: number; after?: Item | undefined } = {},
): Promise<Page<Provider>> => providers.page(rt, { pk: PROVIDERS, limit, after });

export const providerWrite = (rt: Runtime, before: Provider | undefined, after: Provider): Write =>
  providers.next(rt, before, after);

/** The place that a secret is sealed for; it opens nowhere else. */
export const secretPlace = (providerId: string, name: string): string => `${PROVIDERS}/${providerId}/${name}`;

// Health changes with every check, so it has items of its own, all in one partition: whoever chooses wants all.
const HEALTH = 'PROVIDER-HEALTH';

export const providerHealth = defineEntity({
  table: 'sms',
  name: 'sms.provider-health',
  key: ({ providerId }: Pick<KnownHealth, 'providerId'>) => ({ pk: HEALTH, sk: providerId }),
  schema: providerHealthSchema,
  inKey: { attributes: ['providerId'], read: ({ sk }) => ({ providerId: sk }) },
});

export const listHealth = async (rt: Runtime): Promise<readonly KnownHealth[]> =>
  (await providerHealth.page(rt, { pk: HEALTH, limit: MAX_PROVIDERS })).items;

export const findHealth = (rt: Runtime, providerId: string): Promise<KnownHealth | undefined> =>
  providerHealth.find(rt, { providerId });

export const healthWrite = (rt: Runtime, providerId: string, health: ProviderHealth): Write =>
  providerHealth.put(rt, { ...health, providerId });
