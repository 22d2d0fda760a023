import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Sms, SmsCategory } from '../model.ts';
import { type Item, type Key, putNew, smsTable } from './table.ts';

/**
 * What is counted for one entity or group, phone and category: message → the recipient's calendar day it is planned on. A set,
 * not a counter: adding or removing twice changes nothing, and day, week and month follow from it.
 */
export interface Quota {
  readonly planned: Readonly<Record<string, string>>;
  /** 0: nothing was ever counted. */
  readonly version: number;
}

export interface Counted {
  /** An entity's id, or what a group counts under (`ownerOfGroup`). */
  readonly owner: string;
  readonly phone: string;
  readonly category: SmsCategory;
}

const KEEP_SEC = 70 * 24 * 3600;

export const quotaKey = ({ owner, phone, category }: Counted): Key => ({
  pk: `QUOTA#${owner}#${phone}`,
  sk: category,
});

export const noQuota: Quota = { planned: {}, version: 0 };

export const quotaFromItem = (item: Item | undefined): Quota =>
  item ? { planned: item.planned as Quota['planned'], version: Number(item.version) } : noQuota;

/**
 * Counts a message on a day, or moves it there, provided nobody counted anything meanwhile: the caller judged by
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
    return putNew(rt, { ...quotaKey(counted), planned: { [smsId]: on }, version: 1, expiresAtSec });
  }
  const gone = outdated.filter((id) => id !== smsId);
  const names = gone.map((id, index) => [`#o${index}`, id] as const);
  const remove = names.length > 0 ? ` REMOVE ${names.map(([name]) => `planned.${name}`).join(', ')}` : '';
  return {
    Update: {
      TableName: smsTable(rt),
      Key: { ...quotaKey(counted) },
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

/** Takes a message out of one count. Needs no look at the others: removing never breaks a cap. */
export const uncountWrite = (rt: Runtime, counted: Counted, smsId: string): Write => ({
  Update: {
    TableName: smsTable(rt),
    Key: { ...quotaKey(counted) },
    UpdateExpression: 'SET #version = #version + :one REMOVE planned.#id',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#id': smsId, '#version': 'version' },
    ExpressionAttributeValues: { ':one': 1 },
  },
});

/** Gives a message's count back, wherever it was counted. */
export const quotaReleased = (rt: Runtime, sms: Sms): Write[] =>
  ownersOf(sms).map((owner) => uncountWrite(rt, { ...sms, owner }, sms.id));
