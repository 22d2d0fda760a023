import * as z from 'zod';
import { epochSec, type Instant, plusSeconds } from '../../platform/clock.ts';
import { derivedId } from '../../platform/derived-id.ts';
import { AppError } from '../../platform/errors.ts';
import type { IndexList } from '../../platform/http/stored-list.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity, type Readable } from '../../platform/storage/entity.ts';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type InboundSms, inboundSchema } from '../core/inbound-model.ts';
import { type Item, type Key, type Page, put, queryIndex, queryPage, removeExisting } from '../core/table.ts';

/** A provider's repeat of a message is the same message. */
export const inboundIdOf = (providerId: string, ref: string): string =>
  derivedId('inb', 'inbound', providerId, ref);

const PK = 'INBOUND#';
const EVERYTHING = 'INBOUND';

export const inboundMessages = defineEntity({
  table: 'sms',
  name: 'sms.inbound',
  key: ({ id }: Pick<InboundSms, 'id'>) => ({ pk: PK + id, sk: 'INBOUND' }),
  schema: inboundSchema,
  indexes: {
    attributes: ['listPk', 'phonePk', 'listAt'],
    of: ({ id, receivedAt, entityId }) => ({
      phonePk: EVERYTHING,
      listAt: `${receivedAt}#${id}`,
      ...(entityId !== undefined && { listPk: PK + entityId }),
    }),
  },
});

/** Messages that answer an entity, or all there are, newest first. */
export const inboundList = (entityId: string | undefined): IndexList =>
  entityId === undefined
    ? { name: 'inbound', partition: ['phonePk', EVERYTHING], sort: 'listAt' }
    : { name: `inbound:${entityId}`, partition: ['listPk', `INBOUND#${entityId}`], sort: 'listAt' };

/** Likely wishes that nobody has read yet, oldest first: a partition of its own, which stays as small as the work left. */
export const openWishes = { name: 'inbound-wishes', pk: 'INBOUND-WISHES' };
const wishKey = ({ receivedAt, id }: InboundSms): Key => ({ pk: openWishes.pk, sk: `${receivedAt}#${id}` });

const isOpen = ({ wish, resolved }: InboundSms): boolean => wish === 'likely-stop' && !resolved;

export const findInbound = (rt: Runtime, inboundId: string): Promise<InboundSms | undefined> =>
  inboundMessages.find(rt, { id: inboundId });

export const inboundMissing = (): AppError =>
  new AppError('missing', 'inbound-sms-not-found', 'There is no such message.');

/** Throws `inbound-sms-not-found`. */
export const getInbound = (rt: Runtime, inboundId: string): Promise<InboundSms> =>
  inboundMessages.get(rt, { id: inboundId }, inboundMissing);

/** A message and, while a manager has to read it, its entry in the list of those. */
export const inboundWrites = (rt: Runtime, before: InboundSms | undefined, after: InboundSms): Write[] => [
  inboundMessages.next(rt, before, after),
  ...(isOpen(after) ? [put(rt, { ...wishKey(after), inboundId: after.id })] : []),
  ...(before && isOpen(before) && !isOpen(after) ? [removeExisting(rt, wishKey(before))] : []),
];

const inOrder = async (rt: Runtime, ids: readonly string[]): Promise<Readable<InboundSms>> => {
  const found = await inboundMessages.listByKeys(
    rt,
    ids.map((id) => ({ id })),
  );
  return { ...found, items: ids.flatMap((id) => found.items.find((each) => each.id === id) ?? []) };
};

export const listInbound = async (
  rt: Runtime,
  entityId: string | undefined,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<InboundSms>> => {
  const { partition } = inboundList(entityId);
  const index = entityId === undefined ? 'byPhone' : 'byList';
  const page = await queryIndex(rt, { index, partition, limit, after, descending: true });
  const found = await inOrder(
    rt,
    page.items.map(({ pk }) => pk.slice(PK.length)),
  );
  return { ...found, ...(page.next && { next: page.next }) };
};

/** A page is filtered after it is read: it may hold fewer than `limit` and still have a next one. */
export const listOpenWishes = async (
  rt: Runtime,
  entityId: string | undefined,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<InboundSms>> => {
  const page = await queryPage(rt, { pk: openWishes.pk, limit, after });
  const found = await inOrder(
    rt,
    page.items.map(({ inboundId }) => String(inboundId)),
  );
  const items = found.items.filter((each) => entityId === undefined || each.entityId === entityId);
  return { ...found, items, ...(page.next && { next: page.next }) };
};

const ANSWER_AGAIN_SEC = 24 * 3600;

/** When the answer to a stop, and that to a start, was last sent to a phone. */
const answeredSchema = lazily(() =>
  z.object({ phone: z.string(), stop: storedInstant().optional(), start: storedInstant().optional() }),
);
export type Answered = ReadBy<typeof answeredSchema>;
const ANSWERS = 'INBOUND-ANSWERS#';

export const inboundAnswers = defineEntity({
  table: 'sms',
  name: 'sms.inbound-answers',
  key: ({ phone }: Pick<Answered, 'phone'>) => ({ pk: ANSWERS + phone, sk: 'ANSWERS' }),
  schema: answeredSchema,
  inKey: { attributes: ['phone'], read: ({ pk }) => ({ phone: pk.slice(ANSWERS.length) }) },
});

export const findAnswered = async (rt: Runtime, phone: string): Promise<Answered> =>
  (await inboundAnswers.find(rt, { phone })) ?? { phone };

/** Each is sent once a day at most, so that two machines never write to each other. */
export const mayAnswer = (answered: Omit<Answered, 'phone'>, kind: 'stop' | 'start', at: Instant): boolean =>
  answered[kind] === undefined || plusSeconds(answered[kind], ANSWER_AGAIN_SEC) <= at;

export const answeredWrite = (
  rt: Runtime,
  before: Answered,
  { kind, at }: { kind: 'stop' | 'start'; at: Instant },
): Write =>
  inboundAnswers.put(rt, { ...before, [kind]: at }, { expiresAtSec: epochSec(at) + 2 * ANSWER_AGAIN_SEC });
