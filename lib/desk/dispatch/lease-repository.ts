import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type Instant, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';
import { deskTable, type Item } from '../core/table.ts';

/** One dispatcher at a time per desk. Nothing correct rests on it: every commit is conditional by itself. */
export interface Lease {
  readonly deskId: string;
  readonly holder: string;
  readonly until: Instant;
  /** Wake-ups counted so far; a release holds only if no more came. */
  readonly wakes: number;
  /** Last number of the desk's decision sequence, or undefined when the holder before crashed. */
  readonly lastNumber: number | undefined;
}

export type Acquired =
  | { readonly kind: 'acquired'; readonly lease: Lease }
  /** `guarded`: somebody has already queued a wake-up for the end of this lease. */
  | { readonly kind: 'held'; readonly until: Instant; readonly guarded: boolean };

export const LEASE_MS = 5000;

const leaseSchema = lazily(() =>
  z.object({
    deskId: z.string(),
    holder: z.string().optional(),
    leaseUntil: storedInstant().optional(),
    guardedUntil: storedInstant().optional(),
    wakes: z.int().default(0),
    lastNumber: z.int().optional(),
  }),
);
type LeaseItem = ReadBy<typeof leaseSchema>;
const DISPATCH = 'DISPATCH#';

export const leases = defineEntity({
  table: 'desk',
  name: 'desk.lease',
  key: ({ deskId }: Pick<LeaseItem, 'deskId'>) => ({ pk: DISPATCH + deskId, sk: 'LEASE' }),
  schema: leaseSchema,
  inKey: { attributes: ['deskId'], read: ({ pk }) => ({ deskId: pk.slice(DISPATCH.length) }) },
});

const target = (rt: Runtime, deskId: string) => ({
  TableName: deskTable(rt),
  Key: { ...leases.key({ deskId }) },
});

const refused = (rt: Runtime, error: unknown): LeaseItem | undefined => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  return error.Item && leases.parse(rt, unmarshall(error.Item) as Item);
};

const take = async (rt: Runtime, deskId: string, holder: string): Promise<Lease | undefined> => {
  const now = rt.clock.nowMs();
  const until = instant(now + LEASE_MS);
  try {
    const { Attributes } = await rt.dynamo.send(
      new UpdateCommand({
        ...target(rt, deskId),
        UpdateExpression: 'SET holder = :holder, leaseUntil = :until ADD wakes :one',
        ConditionExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil <= :now',
        ExpressionAttributeValues: { ':holder': holder, ':until': until, ':now': instant(now), ':one': 1 },
        ReturnValues: 'ALL_OLD',
      }),
    );
    const old = Attributes && leases.parse(rt, Attributes as Item);
    const lastNumber = old?.holder ? undefined : (old?.lastNumber ?? 0);
    return { deskId, holder, until, wakes: (old?.wakes ?? 0) + 1, lastNumber };
  } catch (error) {
    refused(rt, error);
    return undefined;
  }
};

/** Leaves a wake-up for the holder; says whether the lease was still held and its end already guarded. */
const wake = async (rt: Runtime, deskId: string): Promise<LeaseItem | undefined> => {
  try {
    const { Attributes } = await rt.dynamo.send(
      new UpdateCommand({
        ...target(rt, deskId),
        UpdateExpression: 'SET guardedUntil = leaseUntil ADD wakes :one',
        ConditionExpression: 'attribute_exists(leaseUntil)',
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValues: 'ALL_OLD',
      }),
    );
    return Attributes && leases.parse(rt, Attributes as Item);
  } catch (error) {
    refused(rt, error);
    return undefined;
  }
};

/** Takes the lease, or leaves a wake-up that its holder cannot miss. */
export const acquireLease = async (rt: Runtime, deskId: string, holder: string): Promise<Acquired> => {
  for (;;) {
    const lease = await take(rt, deskId, holder);
    if (lease) return { kind: 'acquired', lease };
    const held = await wake(rt, deskId);
    const { leaseUntil, guardedUntil } = held ?? {};
    if (leaseUntil) return { kind: 'held', until: leaseUntil, guarded: guardedUntil === leaseUntil };
  }
};

/** Holds on for another while; undefined when somebody else has taken over. */
export const renewLease = async (rt: Runtime, lease: Lease): Promise<Lease | undefined> => {
  const until = instant(rt.clock.nowMs() + LEASE_MS);
  try {
    await rt.dynamo.send(
      new UpdateCommand({
        ...target(rt, lease.deskId),
        UpdateExpression: 'SET leaseUntil = :until',
        ConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':until': until, ':holder': lease.holder },
      }),
    );
    return { ...lease, until };
  } catch (error) {
    refused(rt, error);
    return undefined;
  }
};

export type Released =
  | { readonly kind: 'released' }
  /** Wake-ups came meanwhile: read the desk again before releasing the lease. */
  | { readonly kind: 'woken'; readonly wakes: number }
  | { readonly kind: 'lost' };

/** Lets go only if no wake-up came since the count in the lease, so that none is ever lost. */
export const releaseLease = async (rt: Runtime, lease: Lease, lastNumber: number): Promise<Released> => {
  try {
    await rt.dynamo.send(
      new UpdateCommand({
        ...target(rt, lease.deskId),
        UpdateExpression: 'SET lastNumber = :last REMOVE holder, leaseUntil, guardedUntil',
        ConditionExpression: 'holder = :holder AND wakes = :wakes',
        ExpressionAttributeValues: { ':holder': lease.holder, ':wakes': lease.wakes, ':last': lastNumber },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { kind: 'released' };
  } catch (error) {
    const item = refused(rt, error);
    return item?.holder === lease.holder ? { kind: 'woken', wakes: item.wakes } : { kind: 'lost' };
  }
};
