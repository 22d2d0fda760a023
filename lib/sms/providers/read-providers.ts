import { encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import { startAfter } from '../../platform/http/stored-list.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findHealth, getProvider, listHealth, listProviders, providerList } from './provider-repository.ts';
import { type ProviderView, toProviderView } from './provider-view.ts';

/** Throws `sms-provider-not-found`. */
export const readProvider = async (rt: Runtime, providerId: string): Promise<ProviderView> => {
  const [provider, health] = await Promise.all([getProvider(rt, providerId), findHealth(rt, providerId)]);
  return toProviderView(rt, provider, health);
};

/** In the order in which they were added. Throws `invalid-cursor`. */
export const readProviders = async (
  rt: Runtime,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<ProviderView>> => {
  const [page, health] = await Promise.all([
    listProviders(rt, { limit: query.limit, after: startAfter(providerList, query.cursor) }),
    listHealth(rt),
  ]);
  const items = page.items.map((provider) =>
    toProviderView(
      rt,
      provider,
      health.find(({ providerId }) => providerId === provider.id),
    ),
  );
  return {
    items: await Promise.all(items),
    nextCursor: page.next ? encodeCursor(providerList.name, { sk: page.next.sk }) : null,
    ...omittedOf(page),
  };
};
