import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { deskTable, findItem, type Key, padded, putNew, queryPage, removeExisting } from '../core/table.ts';
import { clientPartition } from './client-repository.ts';
import { type Message, messageSchema } from './message.ts';

export const messages = defineEntity({
  table: 'desk',
  name: 'desk.message',
  key: ({ messageId }: Pick<Message, 'messageId'>) => ({ pk: `MESSAGE#${messageId}`, sk: 'MESSAGE' }),
  schema: messageSchema,
});

/** One that has yet to be placed still has its text. */
const isWhole = ({ state, text }: Message): boolean => state !== 'accepted' || text !== undefined;

/** Throws `message-broken` (unprocessable) when its text is gone before it was placed: no later try can mend it. */
export const findMessage = async (rt: Runtime, messageId: string): Promise<Message | undefined> => {
  const message = await messages.find(rt, { messageId });
  if (!message || isWhole(message)) return message;
  throw new AppError('unprocessable', 'message-broken', 'the stored message has lost its text');
};

/** A message that waits for its turn, as the client's inbox names it. */
export interface Place {
  readonly clientId: string;
  readonly seq: number;
  readonly messageId: string;
}

const INBOX = 'INBOX#';

const placeKey = ({ clientId, seq }: Pick<Place, 'clientId' | 'seq'>): Key => ({
  pk: clientPartition(clientId),
  sk: `${INBOX}${padded(seq)}`,
});

/** The message and its place in the client's inbox. Fails when a message with this id was accepted before. */
export const acceptWrites = (rt: Runtime, message: Message): Write[] => [
  messages.putNew(rt, message),
  putNew(rt, { ...placeKey(message), messageId: message.messageId }),
];

/** The client's first places, oldest first, read consistently. */
export const listPlaces = async (rt: Runtime, clientId: string, limit: number): Promise<Place[]> => {
  const page = await queryPage(rt, { pk: clientPartition(clientId), beginsWith: INBOX, limit });
  return page.items.map((item) => ({
    clientId,
    seq: Number(item.sk.slice(INBOX.length)),
    messageId: String(item.messageId),
  }));
};

/** Removes the place of a message that needs none any more; gone already is as good. */
export const dropPlace = async (rt: Runtime, place: Place): Promise<void> => {
  await rt.dynamo.send(new DeleteCommand({ TableName: deskTable(rt), Key: { ...placeKey(place) } }));
};

const STILL_WAITS = 'attribute_exists(pk) AND #state = :accepted';

/** The place goes and the message says where it went; its text stands in the ticket's thread from now on. */
export const processedWrites = (
  rt: Runtime,
  place: Place,
  outcome: { ticketId: string; urgentGranted?: boolean | undefined },
): Write[] => [
  removeExisting(rt, placeKey(place)),
  {
    Update: {
      TableName: deskTable(rt),
      Key: { ...messages.key(place) },
      UpdateExpression: `SET #state = :processed, ticketId = :ticketId${
        outcome.urgentGranted === undefined ? '' : ', urgentGranted = :granted'
      } REMOVE #text, attachments`,
      ConditionExpression: STILL_WAITS,
      ExpressionAttributeNames: { '#state': 'state', '#text': 'text' },
      ExpressionAttributeValues: {
        ':accepted': 'accepted',
        ':processed': 'processed',
        ':ticketId': outcome.ticketId,
        ...(outcome.urgentGranted !== undefined && { ':granted': outcome.urgentGranted }),
      },
    },
  },
];

/** The place goes so that those behind it pass; the message, if there is one, keeps its text and says why. */
export const rejectedWrites = (
  rt: Runtime,
  place: Place,
  { reason, exists }: { reason: string; exists: boolean },
): Write[] => {
  const message: Write = {
    Update: {
      TableName: deskTable(rt),
      Key: { ...messages.key(place) },
      UpdateExpression: 'SET #state = :rejected, #reason = :reason',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#state': 'state', '#reason': 'reason' },
      ExpressionAttributeValues: { ':rejected': 'rejected', ':reason': reason },
    },
  };
  return [removeExisting(rt, placeKey(place)), ...(exists ? [message] : [])];
};

export const messageExists = async (rt: Runtime, messageId: string): Promise<boolean> =>
  (await findItem(rt, messages.key({ messageId }))) !== undefined;
