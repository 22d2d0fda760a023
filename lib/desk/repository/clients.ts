import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type Instant, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { UrgentGrants } from '../intake/urgent-grants.ts';
import { deskTable, findItem, type Key, putNext } from './table.ts';

export const clientPartition = (clientId: string): string => `CLIENT#${clientId}`;

const turnKey = (clientId: string): Key => ({ pk: clientPartition(clientId), sk: 'CLIENT' });
const grantsKey = (clientId: string): Key => ({ pk: clientPartition(clientId), sk: 'GRANTS' });

/** A message's place among its client's messages. Both rise with every turn, whichever machine takes it. */
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

/** Which of a client's messages were granted urgency. */
export interface Grants {
  readonly clientId: string;
  readonly grants: UrgentGrants;
  readonly version: number;
}

/** Read consistently. */
export const readGrants = async (rt: Runtime, clientId: string): Promise<Grants> => {
  const item = await findItem(rt, grantsKey(clientId));
  return {
    clientId,
    grants: (item?.grants ?? {}) as UrgentGrants,
    version: Number(item?.version ?? 0),
  };
};

/** Apart from the counter of turns: a transaction on it would hold up the client's next messages. */
export const grantsWrite = (rt: Runtime, { clientId, version }: Grants, grants: UrgentGrants): Write =>
  putNext(rt, { ...grantsKey(clientId), grants, version: version + 1 }, version);
