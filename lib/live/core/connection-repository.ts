import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { epochSec, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { type Item, itemsOf } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';
import {
  type Connection,
  connectionSchema,
  type LiveTicket,
  liveTicketSchema,
  type UserConnections,
  userConnectionsSchema,
} from '../model.ts';

const { table } = itemsOf('live');

/** The gateway closes a connection after two hours; what it left is rubbish a while later. */
const KEEP_SEC = 2 * 3600 + 900;

/** When the store may drop what belongs to a connection that was opened, or may be, by now. */
export const rubbishAtSec = (rt: Runtime): { expiresAtSec: number } => ({
  expiresAtSec: epochSec(instant(rt.clock.nowMs())) + KEEP_SEC,
});

export const liveTickets = defineEntity({
  table: 'live',
  name: 'live.ticket',
  key: ({ hash }: Pick<LiveTicket, 'hash'>) => ({ pk: `TICKET#${hash}`, sk: 'TICKET' }),
  schema: liveTicketSchema,
});

export const ticketWrite = (rt: Runtime, ticket: LiveTicket): Write =>
  liveTickets.putNew(rt, ticket, { expiresAtSec: epochSec(ticket.expiresAt) + 60 });

/** Takes a ticket away: of two who bring it one gets it. Undefined: there is none, or no more. */
export const takeTicket = async (rt: Runtime, hash: string): Promise<LiveTicket | undefined> => {
  const { Attributes } = await rt.dynamo.send(
    new DeleteCommand({
      TableName: table(rt),
      Key: { ...liveTickets.key({ hash }) },
      ReturnValues: 'ALL_OLD',
    }),
  );
  return Attributes && liveTickets.parse(rt, Attributes as Item);
};

export const connections = defineEntity({
  table: 'live',
  name: 'live.connection',
  key: ({ connectionId }: Pick<Connection, 'connectionId'>) => ({
    pk: `CONNECTION#${connectionId}`,
    sk: 'CONNECTION',
  }),
  schema: connectionSchema,
});

export const connectionWrite = (rt: Runtime, connection: Connection): Write =>
  connections.put(rt, connection, rubbishAtSec(rt));

/** Holds a transaction to the connection being open. */
export const connectionOpen = (rt: Runtime, connectionId: string): Write => ({
  ConditionCheck: {
    TableName: table(rt),
    Key: { ...connections.key({ connectionId }) },
    ConditionExpression: 'attribute_exists(pk)',
  },
});

const countIf = async (
  rt: Runtime,
  connectionId: string,
  update: { UpdateExpression: string; ConditionExpression: string },
): Promise<Connection | undefined> => {
  try {
    const { Attributes } = await rt.dynamo.send(
      new UpdateCommand({
        TableName: table(rt),
        Key: { ...connections.key({ connectionId }) },
        ...update,
        ExpressionAttributeNames: { '#second': 'second' },
        ExpressionAttributeValues: { ':now': Math.floor(rt.clock.nowMs() / 1000), ':one': 1 },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return connections.parse(rt, Attributes as Item);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
};

/**
 * Counts one more frame of a connection and gives the connection; undefined when it is not open. One request for the first frame of a
 * second, which most are, and two for a further one.
 */
export const countFrame = async (rt: Runtime, connectionId: string): Promise<Connection | undefined> =>
  (await countIf(rt, connectionId, {
    UpdateExpression: 'SET #second = :now, frames = :one',
    ConditionExpression: 'attribute_exists(pk) AND #second < :now',
  })) ??
  countIf(rt, connectionId, {
    UpdateExpression: 'ADD frames :one',
    ConditionExpression: 'attribute_exists(pk) AND #second >= :now',
  });

export const userConnections = defineEntity({
  table: 'live',
  name: 'live.user-connections',
  key: ({ userId }: Pick<UserConnections, 'userId'>) => ({ pk: `USER#${userId}`, sk: 'CONNECTIONS' }),
  schema: userConnectionsSchema,
});

export const userConnectionsWrite = (
  rt: Runtime,
  before: UserConnections | undefined,
  after: UserConnections,
): Write => userConnections.next(rt, before, after, rubbishAtSec(rt));
