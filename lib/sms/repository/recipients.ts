import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Consent, Suppression } from '../registry/model.ts';
import {
  findItem,
  findItems,
  type Item,
  type Key,
  type Page,
  put,
  queryIndex,
  queryPage,
  remove,
} from './table.ts';

/** Stands for every entity. */
export const EVERYBODY = '*';

export const suppressionKey = (phone: string, entityId: string): Key => ({
  pk: `SUPPRESSION#${phone}`,
  sk: entityId,
});
const suppressionsOf = (entityId: string): string => `SUPPRESSION#${entityId}`;

/** Suppressions of one entity, or of all (`*`), or of one phone, in the order they were made. */
export const suppressionList = (entityId: string, phone?: string) =>
  phone === undefined
    ? ({
        name: `suppressions:${entityId}`,
        partition: ['listPk', suppressionsOf(entityId)],
        sort: 'listAt',
      } as const)
    : ({ name: `suppressions-of:${phone}`, partition: ['listPk', ''], sort: 'listAt' } as const);

export const consentKey = (entityId: string, phone: string): Key => ({
  pk: `CONSENT#${entityId}`,
  sk: phone,
});
export const consentList = (entityId: string) => ({
  name: `consents:${entityId}`,
  pk: `CONSENT#${entityId}`,
});

export const recipientKey = (phone: string): Key => ({ pk: `RECIPIENT#${phone}`, sk: 'RECIPIENT' });

export const suppressionFromItem = (item: Item): Suppression => {
  const { pk, sk, listPk, listAt, ...suppression } = item;
  return suppression as unknown as Suppression;
};

export const consentFromItem = (item: Item): Consent => {
  const { pk, sk, ...consent } = item;
  return consent as unknown as Consent;
};

export const suppressionWrite = (rt: Runtime, suppression: Suppression): Write =>
  put(rt, {
    ...suppressionKey(suppression.phone, suppression.entityId),
    ...suppression,
    listPk: suppressionsOf(suppression.entityId),
    listAt: `${suppression.at}#${suppression.phone}`,
  });

export const suppressionRemoval = (rt: Runtime, phone: string, entityId: string): Write =>
  remove(rt, suppressionKey(phone, entityId));

export const findSuppression = async (
  rt: Runtime,
  phone: string,
  entityId: string,
): Promise<Suppression | undefined> => {
  const item = await findItem(rt, suppressionKey(phone, entityId));
  return item && suppressionFromItem(item);
};

/** Everything that keeps messages from one phone: a partition of its own, a few items at most. */
const listOfPhone = async (rt: Runtime, phone: string): Promise<Page<Suppression>> => {
  const page = await queryPage(rt, { pk: `SUPPRESSION#+${phone.replace(/^\+/, '')}`, limit: 100 });
  return { items: page.items.map(suppressionFromItem) };
};

export const listSuppressions = async (
  rt: Runtime,
  { entityId, phone }: { entityId: string; phone?: string | undefined },
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<Suppression>> => {
  if (phone !== undefined) return listOfPhone(rt, phone);
  const { partition } = suppressionList(entityId);
  const page = await queryIndex(rt, { index: 'byList', partition, limit, after });
  const items = await findItems(
    rt,
    page.items.map(({ pk, sk }) => ({ pk, sk })),
  );
  const found = items.map(suppressionFromItem).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return { items: found, ...(page.next && { next: page.next }) };
};

export const consentWrite = (rt: Runtime, consent: Consent): Write =>
  put(rt, { ...consentKey(consent.entityId, consent.phone), ...consent });

export const findConsent = async (
  rt: Runtime,
  entityId: string,
  phone: string,
): Promise<Consent | undefined> => {
  const item = await findItem(rt, consentKey(entityId, phone));
  return item && consentFromItem(item);
};

export const listConsents = async (
  rt: Runtime,
  entityId: string,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<Consent>> => {
  const page = await queryPage(rt, { pk: consentList(entityId).pk, limit, after });
  return { ...page, items: page.items.map(consentFromItem) };
};

export const recipientWrite = (rt: Runtime, phone: string, zone: string | undefined): Write =>
  zone === undefined
    ? remove(rt, recipientKey(phone))
    : put(rt, { ...recipientKey(phone), recipient: phone, zone });

export const findRecipientZone = async (rt: Runtime, phone: string): Promise<string | undefined> => {
  const item = await findItem(rt, recipientKey(phone));
  return item?.zone === undefined ? undefined : String(item.zone);
};
