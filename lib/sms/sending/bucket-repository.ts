import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { type Item, smsTable } from '../core/table.ts';
import { type Bucket, bucketSchema } from './pace.ts';

export const buckets = defineEntity({
  table: 'sms',
  name: 'sms.bucket',
  key: ({ providerId }: { providerId: string }) => ({ pk: `PROVIDER#${providerId}`, sk: 'BUCKET' }),
  schema: bucketSchema,
  inKey: { attributes: ['providerId'], read: () => ({}) },
});

const target = (rt: Runtime, providerId: string) => ({
  TableName: smsTable(rt),
  Key: { ...buckets.key({ providerId }) },
});

/** The bucket as stored when a condition failed; undefined when there is none yet. Throws anything else. */
const refused = (rt: Runtime, error: unknown): Bucket | undefined => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  return error.Item && buckets.parse(rt, unmarshall(error.Item) as Item);
};

export interface Taking {
  readonly providerId: string;
  readonly kind: 'idle' | 'ahead';
  readonly nowMs: number;
  readonly stepMs: number;
  readonly aheadMs: number;
  readonly room: number;
  readonly lease: { readonly id: string; readonly untilMs: number };
  /** Leases that have run out, as they were seen: each must still be there as seen, or the room would be counted wrong. */
  readonly expired: Readonly<Record<string, number>>;
}

/**
 * Takes a permit and a lease in one conditional write, without having to know the bucket exactly: any number of senders may take
 * at once. Returns the bucket as stored when the condition failed; `none` when there is no bucket yet.
 */
export const takeFromBucket = async (rt: Runtime, taking: Taking): Promise<'taken' | 'none' | Bucket> => {
  const { kind, nowMs, stepMs, aheadMs, room, lease } = taking;
  const gone = Object.entries(taking.expired).map(([id, untilMs], index) => ({ id, untilMs, index }));
  const due = kind === 'idle' ? ':now + :step' : 'dueMs + :step';
  const inTime = kind === 'idle' ? 'dueMs <= :now' : 'dueMs > :now AND dueMs <= :latest';
  const removed = gone.map(({ index }) => `leases.#g${index}`).join(', ');
  const stillThere = gone.map(({ index }) => ` AND leases.#g${index} = :g${index}`).join('');
  try {
    await rt.dynamo.send(
      new UpdateCommand({
        ...target(rt, taking.providerId),
        UpdateExpression: `SET dueMs = ${due}, leases.#lease = :until${removed && ` REMOVE ${removed}`}`,
        ConditionExpression: `${inTime} AND size(leases) < :room${stillThere}`,
        ExpressionAttributeNames: {
          '#lease': lease.id,
          ...Object.fromEntries(gone.map(({ id, index }) => [`#g${index}`, id])),
        },
        ExpressionAttributeValues: {
          ':now': nowMs,
          ':step': stepMs,
          ':until': lease.untilMs,
          ':room': room + gone.length,
          ...(kind === 'ahead' && { ':latest': nowMs + aheadMs }),
          ...Object.fromEntries(gone.map(({ untilMs, index }) => [`:g${index}`, untilMs])),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return 'taken';
  } catch (error) {
    return refused(rt, error) ?? 'none';
  }
};

/** An empty bucket, unless there is one. */
export const openBucket = async (rt: Runtime, providerId: string): Promise<void> => {
  try {
    await rt.dynamo.send(
      new PutCommand({
        TableName: smsTable(rt),
        Item: buckets.toItem({ providerId, dueMs: 0, leases: {} }),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  } catch (error) {
    refused(rt, error);
  }
};

/** Takes a lease alone: for questions, which no rate binds. Gives the bucket when there is no room. */
export const leaseFromBucket = async (
  rt: Runtime,
  taking: Pick<Taking, 'providerId' | 'room' | 'lease'>,
): Promise<'taken' | 'none' | Bucket> => {
  try {
    await rt.dynamo.send(
      new UpdateCommand({
        ...target(rt, taking.providerId),
        UpdateExpression: 'SET leases.#lease = :until',
        ConditionExpression: 'size(leases) < :room',
        ExpressionAttributeNames: { '#lease': taking.lease.id },
        ExpressionAttributeValues: { ':until': taking.lease.untilMs, ':room': taking.room },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return 'taken';
  } catch (error) {
    return refused(rt, error) ?? 'none';
  }
};

/** Gives a lease back. One that has run out meanwhile is gone already. */
export const returnLease = async (rt: Runtime, providerId: string, leaseId: string): Promise<void> => {
  try {
    await rt.dynamo.send(
      new UpdateCommand({
        ...target(rt, providerId),
        UpdateExpression: 'REMOVE leases.#lease',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#lease': leaseId },
      }),
    );
  } catch (error) {
    refused(rt, error);
  }
};
