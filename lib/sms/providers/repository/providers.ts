import { AppError } from '../../../platform/errors.ts';
import type { Runtime } from '../../../platform/runtime.ts';
import type { Write } from '../../../platform/storage/write.ts';
import { MAX_PROVIDERS, PROVIDERS, providerKey } from '../../repository/provider-facts.ts';
import {
  findItem,
  type Item,
  type Page,
  put,
  putNew,
  putVersion,
  queryPage,
} from '../../repository/table.ts';
import type { Provider, ProviderHealth } from '../model.ts';

export const providerList = { name: 'sms-providers', pk: PROVIDERS };

const fromItem = (item: Item): Provider => {
  const { pk, sk, ...provider } = item;
  return provider as unknown as Provider;
};

export const findProvider = async (rt: Runtime, providerId: string): Promise<Provider | undefined> => {
  const item = await findItem(rt, providerKey(providerId));
  return item && fromItem(item);
};

export const providerMissing = (): AppError =>
  new AppError('missing', 'sms-provider-not-found', 'There is no such SMS provider.');

export const getProvider = async (rt: Runtime, providerId: string): Promise<Provider> => {
  const provider = await findProvider(rt, providerId);
  if (!provider) throw providerMissing();
  return provider;
};

export const listProviders = async (
  rt: Runtime,
  { limit = MAX_PROVIDERS, after }: { limit?: number; after?: Item | undefined } = {},
): Promise<Page<Provider>> => {
  const page = await queryPage(rt, { pk: PROVIDERS, limit, after });
  return { ...page, items: page.items.map(fromItem) };
};

export const providerWrite = (rt: Runtime, before: Provider | undefined, after: Provider): Write => {
  const item: Item = { ...providerKey(after.id), ...after };
  return before ? putVersion(rt, item, before.version) : putNew(rt, item);
};

/** Where a sealed secret stands; it opens nowhere else. */
export const secretPlace = (providerId: string, name: string): string => `${PROVIDERS}/${providerId}/${name}`;

// Health changes with every look, so it has items of its own, all in one partition: whoever chooses wants all.
const HEALTH = 'PROVIDER-HEALTH';

export interface KnownHealth extends ProviderHealth {
  readonly providerId: string;
}

export const listHealth = async (rt: Runtime): Promise<KnownHealth[]> => {
  const page = await queryPage(rt, { pk: HEALTH, limit: MAX_PROVIDERS });
  return page.items.map(({ pk, sk, ...health }) => ({ ...health, providerId: sk }) as unknown as KnownHealth);
};

export const findHealth = async (rt: Runtime, providerId: string): Promise<ProviderHealth | undefined> => {
  const item = await findItem(rt, { pk: HEALTH, sk: providerId });
  if (!item) return undefined;
  const { pk, sk, ...health } = item;
  return health as unknown as ProviderHealth;
};

export const healthWrite = (rt: Runtime, providerId: string, health: ProviderHealth): Write =>
  put(rt, { pk: HEALTH, sk: providerId, ...health });
