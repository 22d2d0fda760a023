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

type InboxKey = Pick<Message, 'clientId' | 'seq'>;

const inboxKey = ({ clientId, seq }: InboxKey): Key => ({
  pk: clientPartition(clientId),
  sk: `${INBOX}${padded(seq)}`,
});

/**
 * A message that waits for its turn: its entry in the client's inbox, with all that placing it needs. Its record keeps neither
 * text nor attachments, so that it need not be written again when they go to the ticket's thread.
 */
export const inboxEntries = defineEntity({
  table: 'desk',
  name: 'desk.inbox-place',
  key: inboxKey,
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
export type InboxEntry = ReadBy<(typeof inboxEntries)['schema']>;

/** The message and its entry in the client's inbox. Fails when a message with this id was accepted before. */
export const acceptWrites = (rt: Runtime, message: Message): Write[] => {
  const { text, attachments, ...record } = message;
  const { messageId, clientId, seq, acceptedAt, urgent, requestedTicketId } = record;
  const waiting = { acceptedAt, urgent, requestedTicketId, text, attachments };
  return [messages.putNew(rt, record), inboxEntries.putNew(rt, { messageId, clientId, seq, waiting })];
};

/** The first entries of a client's inbox, oldest first, read consistently. */
export const listInboxEntries = async (
  rt: Runtime,
  clientId: string,
  limit: number,
): Promise<InboxEntry[]> => {
  const page = await queryPage(rt, { pk: clientPartition(clientId), beginsWith: INBOX, limit });
  return inboxEntries.parseAll(rt, page.items);
};

export const findInboxEntry = (rt: Runtime, key: InboxKey): Promise<InboxEntry | undefined> =>
  inboxEntries.find(rt, key);

const contentOf = async (rt: Runtime, entry: InboxEntry): Promise<WaitingMessage | undefined> => {
  const { waiting, ...key } = entry;
  if (waiting) return { ...key, ...waiting };
  const message = await findMessage(rt, entry.messageId);
  if (!message)
    throw new AppError('unprocessable', 'message-lost', 'there is no message for this inbox entry');
  return message.state === 'accepted' ? message : undefined;
};

/**
 * The message at a entry; undefined when it has been placed. Throws `message-lost`, or `message-broken` when its text is gone
 * before it was placed (both unprocessable): no later try can mend that.
 */
export const waitingMessage = async (rt: Runtime, entry: InboxEntry): Promise<WaitingMessage | undefined> => {
  const message = await contentOf(rt, entry);
  if (message && message.text === undefined)
    throw new AppError('unprocessable', 'message-broken', 'the stored message has lost its text');
  return message;
};

/** Removes the inbox entry of a message that has been placed; succeeds when it is gone already. */
export const dropInboxEntry = async (rt: Runtime, entry: InboxEntry): Promise<void> => {
  await rt.dynamo.send(new DeleteCommand({ TableName: deskTable(rt), Key: { ...inboxKey(entry) } }));
};

const STILL_WAITS = 'attribute_exists(pk) AND #state = :accepted';

interface Outcome {
  readonly ticketId: string;
  /** It opened the ticket, which then has the id that follows from the message. */
  readonly opened: boolean;
  readonly urgentGranted?: boolean | undefined;
}

const saysNothingNew = ({ waiting }: InboxEntry, { opened, urgentGranted }: Outcome): boolean =>
  waiting !== undefined && opened && urgentGranted === undefined;

/**
 * The entry is removed; the text is in the ticket's thread from now on. The message says where it went, unless that follows
 * from its id (`openedTicketId`).
 */
export const processedWrites = (rt: Runtime, entry: InboxEntry, outcome: Outcome): Write[] => [
  removeExisting(rt, inboxKey(entry)),
  ...(saysNothingNew(entry, outcome) ? [] : [saidOf(rt, entry, outcome)]),
];

const saidOf = (rt: Runtime, entry: InboxEntry, { ticketId, urgentGranted }: Outcome): Write => ({
  Update: {
    TableName: deskTable(rt),
    Key: { ...messages.key(entry) },
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

/** Removes the entry so that later messages are processed; the message, if there is one, keeps its text and the reason. */
export const rejectedWrites = (
  rt: Runtime,
  entry: InboxEntry,
  { reason, exists }: { reason: string; exists: boolean },
): Write[] => {
  const { text, attachments } = entry.waiting ?? {};
  const kept = Object.entries({ text, attachments }).filter(([, value]) => value !== undefined);
  const message: Write = {
    Update: {
      TableName: deskTable(rt),
      Key: { ...messages.key(entry) },
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
  return [removeExisting(rt, inboxKey(entry)), ...(exists ? [message] : [])];
};

export const messageExists = async (rt: Runtime, messageId: string): Promise<boolean> =>
  (await findItem(rt, messages.key({ messageId }))) !== undefined;
