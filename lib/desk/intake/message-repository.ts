import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily, type ReadBy } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';
import { deskTable, findItem, type Key, padded, queryPage, removeExisting } from '../core/table.ts';
import { clientPartition } from './client-repository.ts';
import { type Message, messageSchema, type WaitingMessage } from './message.ts';

export const messages = defineEntity({
  table: 'desk',
  name: 'desk.message',
  key: ({ messageId }: Pick<Message, 'messageId'>) => ({ pk: `MESSAGE#${messageId}`, sk: 'MESSAGE' }),
  schema: messageSchema,
});

export const findMessage = (rt: Runtime, messageId: string): Promise<Message | undefined> =>
  messages.find(rt, { messageId });

const INBOX = 'INBOX#';

type PlaceKey = Pick<Message, 'clientId' | 'seq'>;

const placeKey = ({ clientId, seq }: PlaceKey): Key => ({
  pk: clientPartition(clientId),
  sk: `${INBOX}${padded(seq)}`,
});

/**
 * A message that waits for its turn: its place in the client's inbox, and all that placing it needs. Its record keeps neither
 * text nor attachments, so that it need not be written again when they go to the ticket's thread.
 */
export const inboxPlaces = defineEntity({
  table: 'desk',
  name: 'desk.inbox-place',
  key: placeKey,
  schema: lazily(() =>
    z.object({
      clientId: z.string(),
      seq: z.int().min(0),
      messageId: z.string(),
      /** Absent where the message was accepted before its content waited here: then the record has it. */
      waiting: messageSchema()
        .pick({ acceptedAt: true, urgent: true, requestedTicketId: true, text: true, attachments: true })
        .optional(),
    }),
  ),
  inKey: {
    attributes: ['clientId', 'seq'],
    read: ({ pk, sk }) => ({
      clientId: pk.slice(clientPartition('').length),
      seq: Number(sk.slice(INBOX.length)),
    }),
  },
});
export type Place = ReadBy<(typeof inboxPlaces)['schema']>;

/** The message and its place in the client's inbox. Fails when a message with this id was accepted before. */
export const acceptWrites = (rt: Runtime, message: Message): Write[] => {
  const { text, attachments, ...record } = message;
  const { messageId, clientId, seq, acceptedAt, urgent, requestedTicketId } = record;
  const waiting = { acceptedAt, urgent, requestedTicketId, text, attachments };
  return [messages.putNew(rt, record), inboxPlaces.putNew(rt, { messageId, clientId, seq, waiting })];
};

/** The client's first places, oldest first, read consistently. */
export const listPlaces = async (rt: Runtime, clientId: string, limit: number): Promise<Place[]> => {
  const page = await queryPage(rt, { pk: clientPartition(clientId), beginsWith: INBOX, limit });
  return inboxPlaces.parseAll(rt, page.items);
};

export const findPlace = (rt: Runtime, key: PlaceKey): Promise<Place | undefined> =>
  inboxPlaces.find(rt, key);

const contentOf = async (rt: Runtime, place: Place): Promise<WaitingMessage | undefined> => {
  const { waiting, ...key } = place;
  if (waiting) return { ...key, ...waiting };
  const message = await findMessage(rt, place.messageId);
  if (!message) throw new AppError('unprocessable', 'message-lost', 'there is no message at this place');
  return message.state === 'accepted' ? message : undefined;
};

/**
 * The message at a place; undefined when it has been placed. Throws `message-lost`, or `message-broken` when its text is gone
 * before it was placed (both unprocessable): no later try can mend that.
 */
export const waitingMessage = async (rt: Runtime, place: Place): Promise<WaitingMessage | undefined> => {
  const message = await contentOf(rt, place);
  if (message && message.text === undefined)
    throw new AppError('unprocessable', 'message-broken', 'the stored message has lost its text');
  return message;
};

/** Removes the place of a message that needs none any more; gone already is as good. */
export const dropPlace = async (rt: Runtime, place: Place): Promise<void> => {
  await rt.dynamo.send(new DeleteCommand({ TableName: deskTable(rt), Key: { ...placeKey(place) } }));
};

const STILL_WAITS = 'attribute_exists(pk) AND #state = :accepted';

interface Outcome {
  readonly ticketId: string;
  /** It opened the ticket, which then has the id that follows from the message. */
  readonly opened: boolean;
  readonly urgentGranted?: boolean | undefined;
}

const saysNothingNew = ({ waiting }: Place, { opened, urgentGranted }: Outcome): boolean =>
  waiting !== undefined && opened && urgentGranted === undefined;

/**
 * The place goes; its text stands in the ticket's thread from now on. The message says where it went, unless that follows
 * from its id (`openedTicketId`).
 */
export const processedWrites = (rt: Runtime, place: Place, outcome: Outcome): Write[] => [
  removeExisting(rt, placeKey(place)),
  ...(saysNothingNew(place, outcome) ? [] : [saidOf(rt, place, outcome)]),
];

const saidOf = (rt: Runtime, place: Place, { ticketId, urgentGranted }: Outcome): Write => ({
  Update: {
    TableName: deskTable(rt),
    Key: { ...messages.key(place) },
    UpdateExpression: `SET #state = :processed, ticketId = :ticketId${
      urgentGranted === undefined ? '' : ', urgentGranted = :granted'
    } REMOVE #text, attachments`,
    ConditionExpression: STILL_WAITS,
    ExpressionAttributeNames: { '#state': 'state', '#text': 'text' },
    ExpressionAttributeValues: {
      ':accepted': 'accepted',
      ':processed': 'processed',
      ':ticketId': ticketId,
      ...(urgentGranted !== undefined && { ':granted': urgentGranted }),
    },
  },
});

/** The place goes so that those behind it pass; the message, if there is one, gets what text there is and says why. */
export const rejectedWrites = (
  rt: Runtime,
  place: Place,
  { reason, exists }: { reason: string; exists: boolean },
): Write[] => {
  const { text, attachments } = place.waiting ?? {};
  const kept = Object.entries({ text, attachments }).filter(([, value]) => value !== undefined);
  const message: Write = {
    Update: {
      TableName: deskTable(rt),
      Key: { ...messages.key(place) },
      UpdateExpression: [
        'SET #state = :state, #reason = :reason',
        ...kept.map(([name]) => `#${name} = :${name}`),
      ].join(', '),
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: {
        ...{ '#state': 'state', '#reason': 'reason' },
        ...Object.fromEntries(kept.map(([name]) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: {
        ...{ ':state': 'rejected', ':reason': reason },
        ...Object.fromEntries(kept.map(([name, value]) => [`:${name}`, value])),
      },
    },
  };
  return [removeExisting(rt, placeKey(place)), ...(exists ? [message] : [])];
};

export const messageExists = async (rt: Runtime, messageId: string): Promise<boolean> =>
  (await findItem(rt, messages.key({ messageId }))) !== undefined;
