import type { Caller } from '../platform/caller.ts';
import { AppError } from '../platform/errors.ts';
import { OWN_ENTITY, type Sms } from './model.ts';

/** What a machine's key sees (R-AUTH-05): its legal entities and what is theirs; of everything else there is nothing. */

/** A user sees every entity, as their role allows. */
export const seesEntity = ({ binding }: Caller, entityId: string): boolean =>
  binding === undefined || binding.entityIds.includes(entityId);

/** Throws `legal-entity-not-found` (404), for one that is not there as for one that is another's. */
export const mustSeeEntity = (caller: Caller, entityId: string): void => {
  if (seesEntity(caller, entityId)) return;
  throw new AppError('missing', 'legal-entity-not-found', 'There is no such legal entity.');
};

/** Sign-in codes are no key's business, whatever it is bound to. */
export const seesSms = (
  caller: Caller,
  { entityId, category }: Pick<Sms, 'entityId' | 'category'>,
): boolean => seesEntity(caller, entityId) && (caller.binding === undefined || category !== 'otp');

/** The entity that is meant when nobody names one: for users the own one, for a key its first. */
export const defaultEntity = ({ binding }: Caller): string => binding?.entityIds[0] ?? OWN_ENTITY;
