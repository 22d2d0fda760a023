import * as z from 'zod';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Consent, consentSchema, type Suppression, suppressionSchema } from './registry-model.ts';
import { type Item, type Page, queryIndex, remove } from './table.ts';

/** Stands for every entity. */
export const EVERYBODY = '*';

const suppressionsOf = (entityId: string): string => `SUPPRESSION#${entityId}`;

export const suppressions = defineEntity({
  table: 'sms',
  name: 'sms.suppression',
  key: ({ phone, entityId }: Pick<Suppression, 'phone' | 'entityId'>) => ({
    pk: `SUPPRESSION#${phone}`,
    sk: entityId,
  }),
  schema: suppressionSchema,
  indexes: {
    attributes: ['listPk', 'listAt'],
    of: ({ entityId, at, phone }) => ({ listPk: suppressionsOf(entityId), listAt: `${at}#${phone}` }),
  },
});

export const consents = defineEntity({
  table: 'sms',
  name: 'sms.consent',
  key: ({ entityId, phone }: Pick<Consent, 'entityId' | 'phone'>) => ({
    pk: `CONSENT#${entityId}`,
    sk: phone,
  }),
  schema: consentSchema,
});

export const recipients = defineEntity({
  table: 'sms',
  name: 'sms.recipient',
  key: ({ recipient }: { recipient: string }) => ({ pk: `RECIPIENT#${recipient}`, sk: 'RECIPIENT' }),
  schema: lazily(() => z.object({ recipient: z.string(), zone: z.string() })),
});

/** Suppressions of one entity, or of all (`*`), or of one phone, in the order they were made. */
export const suppressionList = (entityId: string, phone?: string) =>
  phone === undefined
    ? ({
        name: `suppressions:${entityId}`,
        partition: ['listPk', suppressionsOf(entityId)],
        sort: 'listAt',
      } as const)
    : ({ name: `suppressions-of:${phone}`, partition: ['listPk', ''], sort: 'listAt' } as const);

export const consentList = (entityId: string) => ({
  name: `consents:${entityId}`,
  pk: `CONSENT#${entityId}`,
});

export const suppressionWrite = (rt: Runtime, suppression: Suppression): Write =>
  suppressions.put(rt, suppression);

export const suppressionRemoval = (rt: Runtime, phone: string, entityId: string): Write =>
  remove(rt, suppressions.key({ phone, entityId }));

export const findSuppression = (
  rt: Runtime,
  phone: string,
  entityId: string,
): Promise<Suppression | undefined> => suppressions.find(rt, { phone, entityId });

/** Everything that keeps messages from one phone: a partition of its own, a few items at most. */
const listOfPhone = async (rt: Runtime, phone: string): Promise<Page<Suppression>> => {
  const { next, ...page } = await suppressions.page(rt, {
    pk: `SUPPRESSION#+${phone.replace(/^\+/, '')}`,
    limit: 100,
  });
  return page;
};

export const listSuppressions = async (
  rt: Runtime,
  { entityId, phone }: { entityId: string; phone?: string | undefined },
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<Suppression>> => {
  if (phone !== undefined) return listOfPhone(rt, phone);
  const { partition } = suppressionList(entityId);
  const page = await queryIndex(rt, { index: 'byList', partition, limit, after });
  const keys = page.items.map(({ pk, sk }) => ({ phone: pk.slice('SUPPRESSION#'.length), entityId: sk }));
  const found = await suppressions.listByKeys(rt, keys);
  const items = found.items.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return { ...found, items, ...(page.next && { next: page.next }) };
};

export const consentWrite = (rt: Runtime, consent: Consent): Write => consents.put(rt, consent);

export const findConsent = (rt: Runtime, entityId: string, phone: string): Promise<Consent | undefined> =>
  consents.find(rt, { entityId, phone });

export const listConsents = (
  rt: Runtime,
  entityId: string,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<Consent>> => consents.page(rt, { pk: consentList(entityId).pk, limit, after });

export const recipientWrite = (rt: Runtime, phone: string, zone: string | undefined): Write =>
  zone === undefined
    ? remove(rt, recipients.key({ recipient: phone }))
    : recipients.put(rt, { recipient: phone, zone });

export const findRecipientZone = async (rt: Runtime, phone: string): Promise<string | undefined> =>
  (await recipients.find(rt, { recipient: phone }))?.zone;
