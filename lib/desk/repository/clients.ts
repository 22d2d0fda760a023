import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { UrgentGrants } from '../intake/urgent-grants.ts';
import { deskTable, findItem, type Key } from './table.ts';

/** What the desk keeps of a client: where their messages' count stands and which of them were granted urgency. */
export interface Client {
  readonly clientId: string;
  /** Seq of the next message; the first is 1. */
  readonly nextSeq: number;
  readonly lastAcceptedAt?: Instant | undefined;
  readonly grants: UrgentGrants;
  readonly grantsVersion: number;
}

export const clientPartition = (clientId: string): string => `CLIENT#${clientId}`;

const key = (clientId: string): Key => ({ pk: clientPartition(clientId), sk: 'CLIENT' });

/** Read consistently; one who never wrote stands at the beginning. */
export const readClient = async (rt: Runtime, clientId: string): Promise<Client> => {
  const item = await findItem(rt, key(clientId));
  return {
    clientId,
    nextSeq: Number(item?.nextSeq ?? 1),
    lastAcceptedAt: item?.lastAcceptedAt as Instant | undefined,
    grants: (item?.grants ?? {}) as UrgentGrants,
    grantsVersion: Number(item?.grantsVersion ?? 0),
  };
};

/** Takes the next seq; fails if somebody else took it. The other attributes have writers of their own. */
export const takeSeqWrite = (rt: Runtime, client: Client, acceptedAt: Instant): Write => ({
  Update: {
    TableName: deskTable(rt),
    Key: { ...key(client.clientId) },
    UpdateExpression: 'SET nextSeq = :next, lastAcceptedAt = :at',
    ConditionExpression: client.nextSeq === 1 ? 'attribute_not_exists(nextSeq)' : 'nextSeq = :seq',
    ExpressionAttributeValues: {
      ':next': client.nextSeq + 1,
      ':at': acceptedAt,
      ...(client.nextSeq > 1 && { ':seq': client.nextSeq }),
    },
  },
});

export const grantsWrite = (rt: Runtime, client: Client, grants: UrgentGrants): Write => ({
  Update: {
    TableName: deskTable(rt),
    Key: { ...key(client.clientId) },
    UpdateExpression: 'SET grants = :grants, grantsVersion = :next',
    ConditionExpression:
      client.grantsVersion === 0 ? 'attribute_not_exists(grantsVersion)' : 'grantsVersion = :version',
    ExpressionAttributeValues: {
      ':grants': grants,
      ':next': client.grantsVersion + 1,
      ...(client.grantsVersion > 0 && { ':version': client.grantsVersion }),
    },
  },
});
