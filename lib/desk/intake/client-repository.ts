import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Instant, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';
import { deskTable, type Key } from '../core/table.ts';
import type { UrgentGrants } from './urgent-grants.ts';

const CLIENT = 'CLIENT#';
export const clientPartition = (clientId: string): string => CLIENT + clientId;

const turnKey = (clientId: string): Key => ({ pk: clientPartition(clientId), sk: 'CLIENT' });

/** A message's position among its client's messages. Both rise with every message, whichever instance accepts it. */
export interface Turn {
  readonly seq: number;
  readonly acceptedAt: Instant;
}

const move = async (
  rt: Runtime,
  clientId: string,
  how: Pick<UpdateCommandInput, 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'>,
): Promise<Turn> => {
  const { Attributes } = await rt.dynamo.send(
    new UpdateCommand({
      TableName: deskTable(rt),
      Key: { ...turnKey(clientId) },
      ...how,
      ReturnValues: 'ALL_NEW',
    }),
  );
  return { seq: Number(Attributes?.lastSeq), acceptedAt: instant(Number(Attributes?.lastMs)) };
};

/**
 * Takes the client's next turn: one update of their counter, and never anew because another was faster, so that n
 * messages at once cost n updates (two each where their instants meet). What does not come to be leaves a gap.
 * The instant is now, but always after that of the turn before: clocks of two machines differ, and a thread sorts by it.
 */
export const takeTurn = async (rt: Runtime, clientId: string): Promise<Turn> => {
  try {
    return await move(rt, clientId, {
      UpdateExpression: 'SET lastMs = :now ADD lastSeq :one',
      ConditionExpression: 'attribute_not_exists(lastMs) OR lastMs < :now',
      ExpressionAttributeValues: { ':now': rt.clock.nowMs(), ':one': 1 },
    });
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return move(rt, clientId, {
      UpdateExpression: 'ADD lastMs :one, lastSeq :one',
      ExpressionAttributeValues: { ':one': 1 },
    });
  }
};

/** Which of a client's messages were granted urgency, each with the instant of its acceptance. */
const grantsSchema = lazily(() =>
  z.object({
    clientId: z.string(),
    grants: z.record(z.string(), storedInstant()),
    version: z.int(),
  }),
);
export type Grants = ReadBy<typeof grantsSchema>;

export const urgentGrants = defineEntity({
  table: 'desk',
  name: 'desk.urgent-grants',
  key: ({ clientId }: Pick<Grants, 'clientId'>) => ({ pk: clientPartition(clientId), sk: 'GRANTS' }),
  schema: grantsSchema,
  inKey: { attributes: ['clientId'], read: ({ pk }) => ({ clientId: pk.slice(CLIENT.length) }) },
});

/** Read consistently. */
export const readGrants = async (rt: Runtime, clientId: string): Promise<Grants> =>
  (await urgentGrants.find(rt, { clientId })) ?? { clientId, grants: {}, version: 0 };

/** Apart from the counter of turns: a transaction on it would hold up the client's next messages. */
export const grantsWrite = (rt: Runtime, before: Grants, grants: UrgentGrants): Write =>
  urgentGrants.next(rt, before, { ...before, grants, version: before.version + 1 });
