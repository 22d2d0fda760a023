import { epochMs } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { withoutDue } from '../../platform/timers/due-item.ts';
import type { Sms } from '../model.ts';
import { isHeld } from '../state-rules.ts';
import { smsTimers } from '../timers.ts';
import { findItem, findItems, type Item, type Key, putNew, putVersion } from './table.ts';

export const smsKey = (smsId: string): Key => ({ pk: `SMS#${smsId}`, sk: 'SMS' });

/** A held message's moment: when it may go, or when it is too late, whatever comes first. */
const heldUntil = ({ nextAllowedAt, validUntil, state }: Omit<Sms, 'id'>): string =>
  state === 'deferred' && nextAllowedAt && nextAllowedAt < validUntil ? nextAllowedAt : validUntil;

/**
 * What is due about a message. Most are over before their time, so the minute's sweep is enough; a lost answer is asked about to
 * the second, unless its time is now: then whoever notes it asks.
 */
export const deadlineOf = (rt: Runtime, { id: smsId, ...sms }: Sms) => {
  if (isHeld(sms.state))
    return smsTimers.set(rt, { kind: 'held', smsId }, heldUntil(sms), { byMessage: false });
  if (!sms.askAt) return undefined;
  const byMessage = sms.state === 'unknown' && epochMs(sms.askAt) > rt.clock.nowMs();
  return smsTimers.set(rt, { kind: 'ask', smsId }, sms.askAt, { byMessage });
};

/** Partitions of the lists by entity and by phone, newest last, ties by id. */
export const listPkOf = (entityId: string): string => `SMS#${entityId}`;

const toItem = (rt: Runtime, sms: Sms): Item => ({
  ...smsKey(sms.id),
  ...sms,
  listPk: listPkOf(sms.entityId),
  phonePk: sms.phone,
  listAt: `${sms.createdAt}#${sms.id}`,
  ...deadlineOf(rt, sms)?.due,
});

export const smsFromItem = (item: Item): Sms => {
  const { pk, sk, listPk, phonePk, listAt, ...sms } = withoutDue(item);
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
  before ? putVersion(rt, toItem(rt, after), before.version) : putNew(rt, toItem(rt, after));
