import type { Caller } from '../../platform/caller.ts';
import type { IndexList } from '../../platform/http/stored-list.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { type Item, type Key, type Page, queryIndex } from '../core/table.ts';
import { defaultEntity, mustSeeEntity, seesSms } from '../key-access.ts';
import { listPkOf, listSmsByIds } from '../message-repository.ts';
import { OWN_ENTITY, type Sms, type SmsState } from '../model.ts';

export interface SmsFilter {
  readonly entityId?: string | undefined;
  readonly phone?: string | undefined;
  readonly state?: SmsState | undefined;
}

const phoneOf = (digits: string): string => `+${digits.replace(/^\+/, '')}`;

/** The list a filter walks: by phone where one is given, else by entity, the own one when none is. */
export const smsList = ({ entityId = OWN_ENTITY, phone }: SmsFilter): IndexList =>
  phone === undefined
    ? { name: `sms:${entityId}`, partition: ['listPk', listPkOf(entityId)], sort: 'listAt' }
    : { name: `sms-to:${phone}`, partition: ['phonePk', phoneOf(phone)], sort: 'listAt' };

/** What the list of a caller is: a key's begins with its first entity, and shows only what is its own. */
export const listFor = (caller: Caller, filter: SmsFilter): SmsFilter => {
  if (filter.entityId !== undefined) mustSeeEntity(caller, filter.entityId);
  return {
    ...filter,
    ...(filter.phone === undefined && { entityId: filter.entityId ?? defaultEntity(caller) }),
  };
};

const fits =
  (caller: Caller, { entityId, phone, state }: SmsFilter) =>
  (sms: Sms) =>
    seesSms(caller, sms) &&
    (entityId === undefined || sms.entityId === entityId) &&
    (phone === undefined || sms.phone === phoneOf(phone)) &&
    (state === undefined || sms.state === state);

const idOf = ({ pk }: Key): string => pk.slice('SMS#'.length);

/**
 * Messages of an entity or to a phone, newest first. A page is filtered after it is read: it may hold fewer than requested
 * for, even none, and still have a next one.
 */
export const listSms = async (
  rt: Runtime,
  caller: Caller,
  filter: SmsFilter,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<Sms>> => {
  const { partition } = smsList(filter);
  const index = filter.phone === undefined ? 'byList' : 'byPhone';
  const page = await queryIndex(rt, { index, partition, limit, after, descending: true });
  const found = await listSmsByIds(rt, page.items.map(idOf));
  return { ...found, items: found.items.filter(fits(caller, filter)), ...(page.next && { next: page.next }) };
};
