import { epochSec, type Instant, plusSeconds } from '../../platform/clock.ts';
import { derivedId } from '../../platform/derived-id.ts';
import { AppError } from '../../platform/errors.ts';
import type { IndexList } from '../../platform/http/stored-list.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import {
  findItem,
  findItems,
  type Item,
  type Key,
  type Page,
  put,
  putNew,
  putVersion,
  queryIndex,
  queryPage,
  removeExisting,
} from '../repository/table.ts';
import type { InboundSms } from './model.ts';

/** A provider's repeat of a message is the same message. */
export const inboundIdOf = (providerId: string, ref: string): string =>
  derivedId('inb', 'inbound', providerId, ref);

const inboundKey = (inboundId: string): Key => ({ pk: `INBOUND#${inboundId}`, sk: 'INBOUND' });
const EVERYTHING = 'INBOUND';

/** Messages that answer an entity, or all there are, newest first. */
export const inboundList = (entityId: string | undefined): IndexList =>
  entityId === undefined
    ? { name: 'inbound', partition: ['phonePk', EVERYTHING], sort: 'listAt' }
    : { name: `inbound:${entityId}`, partition: ['listPk', `INBOUND#${entityId}`], sort: 'listAt' };

/** Likely wishes that nobody has read yet, oldest first: a partition of its own, which stays as small as the work left. */
export const openWishes = { name: 'inbound-wishes', pk: 'INBOUND-WISHES' };
const wishKey = ({ receivedAt, id }: InboundSms): Key => ({ pk: openWishes.pk, sk: `${receivedAt}#${id}` });

const isOpen = ({ wish, resolved }: InboundSms): boolean => wish === 'likely-stop' && !resolved;

const toItem = (inbound: InboundSms): Item => ({
  ...inboundKey(inbound.id),
  ...inbound,
  phonePk: EVERYTHING,
  listAt: `${inbound.receivedAt}#${inbound.id}`,
  ...(inbound.entityId !== undefined && { listPk: `INBOUND#${inbound.entityId}` }),
});

const fromItem = (item: Item): InboundSms => {
  const { pk, sk, listPk, phonePk, listAt, ...inbound } = item;
  return inbound as Item as unknown as InboundSms;
};

export const findInbound = async (rt: Runtime, inboundId: string): Promise<InboundSms | undefined> => {
  const item = await findItem(rt, inboundKey(inboundId));
  return item && fromItem(item);
};

export const inboundMissing = (): AppError =>
  new AppError('missing', 'inbound-sms-not-found', 'There is no such message.');

/** Throws `inbound-sms-not-found`. */
export const getInbound = async (rt: Runtime, inboundId: string): Promise<InboundSms> => {
  const inbound = await findInbound(rt, inboundId);
  if (!inbound) throw inboundMissing();
  return inbound;
};

/** A message and, while a person has to read it, its place in the list of those. */
export const inboundWrites = (rt: Runtime, before: InboundSms | undefined, after: InboundSms): Write[] => [
  before ? putVersion(rt, toItem(after), before.version) : putNew(rt, toItem(after)),
  ...(isOpen(after) ? [put(rt, { ...wishKey(after), inboundId: after.id })] : []),
  ...(before && isOpen(before) && !isOpen(after) ? [removeExisting(rt, wishKey(before))] : []),
];

const inOrder = async (rt: Runtime, ids: readonly string[]): Promise<InboundSms[]> => {
  const items = (await findItems(rt, ids.map(inboundKey))).map(fromItem);
  return ids.flatMap((id) => items.find((each) => each.id === id) ?? []);
};

export const listInbound = async (
  rt: Runtime,
  entityId: string | undefined,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<InboundSms>> => {
  const { partition } = inboundList(entityId);
  const index = entityId === undefined ? 'byPhone' : 'byList';
  const page = await queryIndex(rt, { index, partition, limit, after, descending: true });
  const items = await inOrder(
    rt,
    page.items.map(({ pk }) => pk.slice('INBOUND#'.length)),
  );
  return { items, ...(page.next && { next: page.next }) };
};

/** A page is filtered after it is read: it may hold fewer than `limit` and still have a next one. */
export const listOpenWishes = async (
  rt: Runtime,
  entityId: string | undefined,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<InboundSms>> => {
  const page = await queryPage(rt, { pk: openWishes.pk, limit, after });
  const items = await inOrder(
    rt,
    page.items.map(({ inboundId }) => String(inboundId)),
  );
  const fitting = items.filter((each) => entityId === undefined || each.entityId === entityId);
  return { items: fitting, ...(page.next && { next: page.next }) };
};

const answersKey = (phone: string): Key => ({ pk: `INBOUND-ANSWERS#${phone}`, sk: 'ANSWERS' });
const ANSWER_AGAIN_SEC = 24 * 3600;

/** When a phone was last told that it was stopped, and that it was started again. */
export type Answered = { readonly [Kind in 'stop' | 'start']?: Instant };

export const findAnswered = async (rt: Runtime, phone: string): Promise<Answered> => {
  const item = await findItem(rt, answersKey(phone));
  const { stop, start } = item ?? { stop: undefined, start: undefined };
  return {
    ...(stop !== undefined && { stop: String(stop) }),
    ...(start !== undefined && { start: String(start) }),
  };
};

/** Each is told once a day at most, so that two machines never write to each other. */
export const mayAnswer = (answered: Answered, kind: 'stop' | 'start', at: Instant): boolean =>
  answered[kind] === undefined || plusSeconds(answered[kind], ANSWER_AGAIN_SEC) <= at;

export const answeredWrite = (
  rt: Runtime,
  phone: string,
  before: Answered,
  { kind, at }: { kind: 'stop' | 'start'; at: Instant },
): Write =>
  put(rt, {
    ...answersKey(phone),
    ...before,
    [kind]: at,
    expiresAtSec: epochSec(at) + 2 * ANSWER_AGAIN_SEC,
  });
