import { epochMs } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import { defineEntity, type Readable } from '../platform/storage/entity.ts';
import type { Write } from '../platform/storage/write.ts';
import { type Sms, smsSchema } from './model.ts';
import { isHeld } from './states.ts';
import { smsTimers } from './timers.ts';

/** Partitions of the lists by entity and by phone, newest last, ties by id. */
export const listPkOf = (entityId: string): string => `SMS#${entityId}`;

export const messages = defineEntity({
  table: 'sms',
  name: 'sms.message',
  key: ({ id }: Pick<Sms, 'id'>) => ({ pk: `SMS#${id}`, sk: 'SMS' }),
  schema: smsSchema,
  indexes: {
    attributes: ['listPk', 'phonePk', 'listAt'],
    of: ({ id, entityId, phone, createdAt }) => ({
      listPk: listPkOf(entityId),
      phonePk: phone,
      listAt: `${createdAt}#${id}`,
    }),
  },
});

/** A held message's moment: when it may go, or when it is too late, whatever comes first. */
const heldUntil = ({ nextAllowedAt, validUntil, state }: Omit<Sms, 'id'>): string =>
  state === 'deferred' && nextAllowedAt && nextAllowedAt < validUntil ? nextAllowedAt : validUntil;

/**
 * What is due about a message. Most are over before their time, so the minute's sweep is enough; a lost answer is queried to
 * the second, unless its time is now: then whoever notes it sends the query.
 */
export const deadlineOf = (rt: Runtime, { id: smsId, ...sms }: Sms) => {
  if (isHeld(sms.state))
    return smsTimers.set(rt, { kind: 'held', smsId }, heldUntil(sms), { byMessage: false });
  if (!sms.askAt) return undefined;
  const byMessage = sms.state === 'unknown' && epochMs(sms.askAt) > rt.clock.nowMs();
  return smsTimers.set(rt, { kind: 'ask', smsId }, sms.askAt, { byMessage });
};

export const findSms = (rt: Runtime, smsId: string): Promise<Sms | undefined> =>
  messages.find(rt, { id: smsId });

export const smsMissing = (): AppError =>
  new AppError('missing', 'sms-not-found', 'There is no such message.');

export const getSms = (rt: Runtime, smsId: string): Promise<Sms> =>
  messages.get(rt, { id: smsId }, smsMissing);

/** Messages by id, in the requested order; missing ones are left out. */
export const listSmsByIds = async (rt: Runtime, smsIds: readonly string[]): Promise<Readable<Sms>> => {
  const found = await messages.listByKeys(
    rt,
    [...new Set(smsIds)].map((id) => ({ id })),
  );
  const byId = new Map(found.items.map((sms) => [sms.id, sms]));
  return { ...found, items: smsIds.flatMap((id) => byId.get(id) ?? []) };
};

export const smsWrite = (rt: Runtime, before: Sms | undefined, after: Sms): Write =>
  messages.next(rt, before, after, deadlineOf(rt, after)?.due);
