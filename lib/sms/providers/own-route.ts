import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { providerUnchanged, readProviders } from '../core/provider-facts-repository.ts';
import type { Provider } from '../core/provider-model.ts';
import type { LegalEntity } from '../core/registry-model.ts';
import { entityUnchanged, getEntity } from '../entity-repository.ts';
import { OWN_ENTITY } from '../model.ts';
import { allowedProviders } from '../rules/bindings.ts';

/** What is about to change. */
export interface RouteChange {
  /** The own entity as it will be. */
  readonly own?: LegalEntity;
  /** Will be out of use. */
  readonly disabledId?: string;
}

const usable = (own: LegalEntity, all: readonly Provider[]): Provider[] =>
  allowedProviders(own, all).filter(({ disabledAt }) => disabledAt === undefined);

const needed = (): AppError =>
  new AppError(
    'conflict',
    'own-needs-provider',
    'The own entity would have no provider left that is in use, and nobody could sign in: give it another one first.',
  );

/**
 * What a commit that takes a provider from the own entity must add: it holds the transaction to another provider that stays in
 * use, and to the own entity's list, so that two such changes at once cannot take the last two (R-SMS-05).
 * Throws `own-needs-provider` (409).
 */
export const ownKeepsProvider = async (rt: Runtime, { own, disabledId }: RouteChange): Promise<Write[]> => {
  const [before, all] = await Promise.all([getEntity(rt, OWN_ENTITY), readProviders(rt)]);
  const had = usable(before, all);
  const left = usable(own ?? before, all).filter(({ id }) => id !== disabledId);
  const list = own ? [] : [entityUnchanged(rt, before)];
  if (had.every(({ id }) => left.some((each) => each.id === id))) return list;
  const [witness] = left;
  if (!witness) throw needed();
  return [providerUnchanged(rt, witness), ...list];
};

/** A list that was given cannot be emptied again: without one, every provider in use would carry sign-in codes. */
export const ownKeepsList = ({ id, providers }: LegalEntity): void => {
  if (id === OWN_ENTITY && providers.length === 0) throw needed();
};
