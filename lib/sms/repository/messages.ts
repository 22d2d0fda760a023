import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Sms } from '../model.ts';
import { isHeld } from '../state-rules.ts';
import { findItem, findItems, type Item, type Key, putNew, putVersion } from './table.ts';

export const smsKey = (smsId: string): Key => ({ pk: `SMS#${smsId}`, sk: 'SMS' });

export const DUE_SHARDS = 8;
/** `held`: to be judged anew or to expire. `ask`: a question to the provider. `hook`: a webhook's next try. */
export type DueLine = 'held' | 'ask' | 'hook';

export const dueShards = (line: DueLine): string[] =>
  Array.from({ length: DUE_SHARDS }, (_, shard) => `${line}#${shard}`);

export const dueShardOf = (line: DueLine, id: string): string => {
  const sum = [...id.slice(-8)].reduce((all, letter) => all + letter.charCodeAt(0), 0);
  return `${line}#${sum % DUE_SHARDS}`;
};

/** A held message's moment: when it may go, or when it is too late, whatever comes first. */
const heldUntil = ({ nextAllowedAt, validUntil, state }: Sms): string =>
  state === 'deferred' && nextAllowedAt && nextAllowedAt < validUntil ? nextAllowedAt : validUntil;

const dueOf = (sms: Sms): { dueShard: string; dueAt: string } | undefined => {
  if (isHeld(sms.state)) return { dueShard: dueShardOf('held', sms.id), dueAt: heldUntil(sms) };
  return sms.askAt ? { dueShard: dueShardOf('ask', sms.id), dueAt: sms.askAt } : undefined;
};

/** Partitions of the lists by entity and by phone, newest last, ties by id. */
export const listPkOf = (entityId: string): string => `SMS#${entityId}`;

const toItem = (sms: Sms): Item => ({
  ...smsKey(sms.id),
  ...sms,
  listPk: listPkOf(sms.entityId),
  phonePk: sms.phone,
  listAt: `${sms.createdAt}#${sms.id}`,
  ...dueOf(sms),
});

export const smsFromItem = (item: Item): Sms => {
  const { pk, sk, dueShard, dueAt, deadline, listPk, phonePk, listAt, ...sms } = item;
  return sms as unknown as Sms;
};

export const findSms = async (rt: Runtime, smsId: string): Promise<Sms | undefined> => {
  const item = await findItem(rt, smsKey(smsId));
  return item && smsFromItem(item);
};

export const smsMissing = (): AppError =>
  new AppError('missing', 'sms-not-found', 'There is no such message.');

export const getSms = async (rt: Runtime, smsId: string): Promise<Sms> => {
  const sms = await findSms(rt, smsId);
  if (!sms) throw smsMissing();
  return sms;
};

/** Messages by id, in the order asked for; missing ones are left out. */
export const listSmsByIds = async (rt: Runtime, smsIds: readonly string[]): Promise<Sms[]> => {
  const items = await findItems(rt, [...new Set(smsIds)].map(smsKey));
  const byId = new Map(items.map((item) => [String(item.id), smsFromItem(item)]));
  return smsIds.flatMap((id) => byId.get(id) ?? []);
};

export const smsWrite = (rt: Runtime, before: Sms | undefined, after: Sms): Write =>
  before ? putVersion(rt, toItem(after), before.version) : putNew(rt, toItem(after));
