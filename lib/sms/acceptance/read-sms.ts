import type { Caller } from '../../platform/caller.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Readable } from '../../platform/storage/entity.ts';
import { seesSms } from '../key-access.ts';
import { findSms, listSmsByIds, smsMissing } from '../message-repository.ts';
import type { Sms } from '../model.ts';

/** Throws `sms-not-found`, for a message that is not there as for one that the caller may not see. */
export const readSms = async (rt: Runtime, caller: Caller, smsId: string): Promise<Sms> => {
  const sms = await findSms(rt, smsId);
  if (!sms || !seesSms(caller, sms)) throw smsMissing();
  return sms;
};

/** In the requested order; what is not there, or another's, is left out. */
export const readStatuses = async (
  rt: Runtime,
  caller: Caller,
  ids: readonly string[],
): Promise<Readable<Sms>> => {
  const found = await listSmsByIds(rt, ids);
  return { ...found, items: found.items.filter((sms) => seesSms(caller, sms)) };
};
