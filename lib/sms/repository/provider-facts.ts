import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Provider, providerSchema } from '../providers/model.ts';
import type { ProviderFacts } from '../registry/model.ts';

/** All providers stand in one partition: there are few, and whoever chooses among them wants all. */
export const PROVIDERS = 'PROVIDERS';
/** More than any firm has contracts. */
export const MAX_PROVIDERS = 100;

export const providers = defineEntity({
  table: 'sms',
  name: 'sms.provider',
  key: ({ id }: Pick<Provider, 'id'>) => ({ pk: PROVIDERS, sk: id }),
  schema: providerSchema,
});

export interface KnownFacts extends ProviderFacts {
  readonly version: number;
}

/** Seconds count here: hand-off reads the registry anew, so acceptance may know it as it was a moment ago. */
const FRESH_MS = 5_000;

interface Known {
  readonly atMs: number;
  readonly facts: readonly KnownFacts[];
}

const known = new WeakMap<object, Known>();

/** A look that is under way: whoever asks meanwhile waits for it, so that a burst looks once. */
const looking = new WeakMap<object, Promise<readonly KnownFacts[]>>();

/** To be called with every write of a provider, so that whoever writes sees it at once. */
export const forgetProviders = (rt: Runtime): void => {
  known.delete(rt.dynamo);
  looking.delete(rt.dynamo);
};

/** Every provider as it stands in the registry. */
export const readProviderFacts = async (rt: Runtime): Promise<readonly KnownFacts[]> => {
  const { items: facts } = await providers.page(rt, { pk: PROVIDERS, limit: MAX_PROVIDERS });
  known.set(rt.dynamo, { atMs: rt.clock.nowMs(), facts });
  return facts;
};

/** Holds a transaction to a provider as it was read. */
export const factsUnchanged = (rt: Runtime, facts: KnownFacts): Write => providers.unchanged(rt, facts);

/** Every provider as it stood within the last five seconds. */
export const recentProviderFacts = async (rt: Runtime): Promise<readonly KnownFacts[]> => {
  const recent = known.get(rt.dynamo);
  const ageMs = recent ? rt.clock.nowMs() - recent.atMs : Number.POSITIVE_INFINITY;
  if (recent && ageMs >= 0 && ageMs < FRESH_MS) return recent.facts;
  const before = looking.get(rt.dynamo);
  if (before) return before;
  const look = readProviderFacts(rt).finally(() => looking.delete(rt.dynamo));
  looking.set(rt.dynamo, look);
  return look;
};
