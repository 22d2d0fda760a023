import * as z from 'zod';
import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily, type ReadBy, storedDay } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Sms, SmsCategory } from '../model.ts';
import { smsTable } from './table.ts';

/**
 * What is counted for one entity or group, phone and category: message → the recipient's calendar day it is planned on. A set,
 * not a counter: adding or removing twice changes nothing, and day, week and month follow from it.
 */
const quotaSchema = lazily(() =>
  z.object({
    planned: z.record(z.string(), storedDay()),
    /** 0: nothing was ever counted. */
    version: z.int(),
  }),
);
export type Quota = ReadBy<typeof quotaSchema>;

export interface Counted {
  /** An entity's id, or what a group counts under (`ownerOfGroup`). */
  readonly owner: string;
  readonly phone: string;
  readonly category: SmsCategory;
}

const KEEP_SEC = 70 * 24 * 3600;

export const quotas = defineEntity({
  table: 'sms',
  name: 'sms.quota',
  key: ({ owner, phone, category }: Counted) => ({ pk: `QUOTA#${owner}#${phone}`, sk: category }),
  schema: quotaSchema,
  inKey: { attributes: ['owner', 'phone', 'category'], read: () => ({}) },
});

export const noQuota: Quota = { planned: {}, version: 0 };

/**
 * Counts a message on a day, or moves it there, provided nobody counted anything meanwhile: the caller evaluated by
 * `quota` as it was. `outdated` ids fall out.
 */
export const countWrite = (
  rt: Runtime,
  counted: Counted,
  {
    quota,
    smsId,
    on,
    outdated,
    at,
  }: { quota: Quota; smsId: string; on: string; outdated: readonly string[]; at: Instant },
): Write => {
  const expiresAtSec = epochSec(at) + KEEP_SEC;
  if (quota.version === 0) {
    const { owner, phone, category } = counted;
    const first = { owner, phone, category, planned: { [smsId]: on }, version: 1 };
    return quotas.putNew(rt, first, { expiresAtSec });
  }
  const gone = outdated.filter((id) => id !== smsId);
  const names = gone.map((id, index) => [`#o${index}`, id] as const);
  const remove = names.length > 0 ? ` REMOVE ${names.map(([name]) => `planned.${name}`).join(', ')}` : '';
  return {
    Update: {
      TableName: smsTable(rt),
      Key: { ...quotas.key(counted) },
      UpdateExpression: `SET planned.#id = :on, #version = #version + :one, expiresAtSec = :expires${remove}`,
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#id': smsId, '#version': 'version', ...Object.fromEntries(names) },
      ExpressionAttributeValues: {
        ':on': on,
        ':one': 1,
        ':version': quota.version,
        ':expires': expiresAtSec,
      },
    },
  };
};

/** Where a message is counted; empty: nowhere. */
export const ownersOf = ({
  plannedOn,
  countedIn,
  entityId,
}: Partial<Sms> & Pick<Sms, 'entityId'>): readonly string[] =>
  plannedOn === undefined ? [] : (countedIn ?? [entityId]);

/** Takes a message out of one count. Needs no read of the others: removing never breaks a cap. */
export const uncountWrite = (rt: Runtime, counted: Counted, smsId: string): Write => ({
  Update: {
    TableName: smsTable(rt),
    Key: { ...quotas.key(counted) },
    UpdateExpression: 'SET #version = #version + :one REMOVE planned.#id',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#id': smsId, '#version': 'version' },
    ExpressionAttributeValues: { ':one': 1 },
  },
});

/** Gives a message's count back, wherever it was counted. */
export const quotaReleased = (rt: Runtime, sms: Sms): Write[] =>
  ownersOf(sms).map((owner) => uncountWrite(rt, { ...sms, owner }, sms.id));
