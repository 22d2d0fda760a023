import type { Caller } from '../../platform/caller.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { InboundSms } from '../core/inbound-model.ts';
import { mustSeeEntity, seesEntity } from '../key-access.ts';
import { findInbound, inboundMissing } from './inbound-repository.ts';

/** A message that answers nobody is no key's. */
const seesInbound = (caller: Caller, { entityId }: InboundSms): boolean =>
  caller.binding === undefined || (entityId !== undefined && seesEntity(caller, entityId));

/** Throws `inbound-sms-not-found`, for a message that is not there as for one that the caller may not see. */
export const readInbound = async (rt: Runtime, caller: Caller, inboundId: string): Promise<InboundSms> => {
  const inbound = await findInbound(rt, inboundId);
  if (!inbound || !seesInbound(caller, inbound)) throw inboundMissing();
  return inbound;
};

/**
 * Whose messages a caller lists: a user's list holds all where none is named, a key's those of its first entity. Throws
 * `legal-entity-not-found`.
 */
export const inboundOf = (caller: Caller, entityId: string | undefined): string | undefined => {
  if (entityId !== undefined) mustSeeEntity(caller, entityId);
  return entityId ?? caller.binding?.entityIds[0];
};
