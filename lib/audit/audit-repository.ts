import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type AuditEntry, auditEntry } from '../platform/audit.ts';
import { type Instant, instant } from '../platform/clock.ts';
import { tableName } from '../platform/config.ts';
import type { Runtime } from '../platform/runtime.ts';
import { defineEntity } from '../platform/storage/entity.ts';
import type { Item } from '../platform/storage/items.ts';
import { lazily, type ReadBy } from '../platform/storage/stored-schema.ts';

/** Entries from `from` (inclusive) to `to` (exclusive), of one subject, one actor, both or all. */
export interface AuditFilter {
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly from: Instant;
  readonly to: Instant;
}

export interface AuditSlice {
  readonly filter: AuditFilter;
  /** Place of the last entry already given. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** Where to read: a partition of the table or of an index. */
interface Partition {
  readonly index?: 'bySubject' | 'byActor';
  readonly attribute: 'pk' | 'subject' | 'actor';
  readonly value: string;
}

/** Reads of one partition in one call; a page may then hold fewer entries than requested and still have a next. */
const MAX_READS = 20;
const READ_SIZE = 100;
const DAY_MS = 24 * 3600 * 1000;

const midnightMs = (at: string): number => Date.parse(`${at.slice(0, 10)}T00:00:00.000Z`);
const partitionOf = (at: string): string => `AUDIT#${at.slice(0, 10)}`;

/** Place of an entry in every list: by time, then by id. */
export const placeOf = ({ at, id }: Pick<AuditEntry, 'at' | 'id'>): string => `${at}#${id}`;

/** As an entry is stored: its actor's id by itself, by which an index finds it. */
const storedEntrySchema = lazily(() =>
  auditEntry().extend({ actor: z.string(), actorRoles: z.array(z.string()) }),
);
type StoredEntry = ReadBy<typeof storedEntrySchema>;

export const auditEntries = defineEntity({
  table: 'audit',
  name: 'audit.entry',
  key: (entry: Pick<StoredEntry, 'at' | 'id'>) => ({ pk: partitionOf(entry.at), sk: placeOf(entry) }),
  schema: storedEntrySchema,
});

/** Adds an entry; adding it again changes nothing. There is no way to change or remove one. */
export const appendEntry = async (rt: Runtime, entry: AuditEntry): Promise<void> => {
  const { actor, ...rest } = entry;
  const put = new PutCommand({
    TableName: tableName(rt.env, 'audit'),
    Item: auditEntries.toItem({ ...rest, actor: actor.id, actorRoles: actor.roles }),
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  await rt.dynamo.send(put).catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
};

const entryOf = ({ actor, actorRoles, ...rest }: StoredEntry): AuditEntry => ({
  ...rest,
  actor: { id: actor, roles: [...actorRoles] },
});

export interface AuditPage {
  readonly entries: AuditEntry[];
  /** Place of the last one read, when there may be more. */
  readonly after: string | undefined;
  /** How many could not be read. */
  readonly omitted?: number;
}

/** Partitions in reading order: one of an index, or a day after the other, newest first. */
const partitionsOf = ({ subject, actor, from }: AuditFilter, upTo: string): Partition[] => {
  if (subject !== undefined) return [{ index: 'bySubject', attribute: 'subject', value: subject }];
  if (actor !== undefined) return [{ index: 'byActor', attribute: 'actor', value: actor }];
  const newestMs = midnightMs(upTo);
  const days = (newestMs - midnightMs(from)) / DAY_MS + 1;
  return Array.from({ length: days }, (_, back) => ({
    attribute: 'pk',
    value: partitionOf(instant(newestMs - back * DAY_MS)),
  }));
};

interface Read {
  readonly partition: Partition;
  readonly filter: AuditFilter;
  /** An instant or a sort key; a sort key itself is included. */
  readonly upTo: string;
  readonly startKey: QueryCommandOutput['LastEvaluatedKey'];
}

const readPartition = (
  rt: Runtime,
  { partition, filter, upTo, startKey }: Read,
): Promise<QueryCommandOutput> => {
  // An index serves one of the two filters; the other is applied to what it gives.
  const alsoActor = partition.index === 'bySubject' ? filter.actor : undefined;
  return rt.dynamo.send(
    new QueryCommand({
      TableName: tableName(rt.env, 'audit'),
      ScanIndexForward: false,
      Limit: READ_SIZE,
      KeyConditionExpression: '#partition = :partition AND sk BETWEEN :from AND :upTo',
      ExpressionAttributeNames: {
        '#partition': partition.attribute,
        ...(alsoActor && { '#actor': 'actor' }),
      },
      ExpressionAttributeValues: {
        ':partition': partition.value,
        ':from': filter.from,
        ':upTo': upTo,
        ...(alsoActor && { ':actor': alsoActor }),
      },
      ...(alsoActor && { FilterExpression: '#actor = :actor' }),
      ...(partition.index && { IndexName: partition.index }),
      ...(startKey && { ExclusiveStartKey: startKey }),
    }),
  );
};

const pageOf = (rt: Runtime, found: readonly Item[], after: string | undefined): AuditPage => {
  const { items, ...rest } = auditEntries.readable(rt, found);
  return { ...rest, entries: items.map(entryOf), after };
};

/**
 * Entries newest first, `limit` at most; `after` is set when there may be more. A given `after` lies between the
 * filter's bounds.
 */
export const listEntries = async (rt: Runtime, { filter, after, limit }: AuditSlice): Promise<AuditPage> => {
  const upTo = after ?? filter.to;
  const found: Item[] = [];
  for (const partition of partitionsOf(filter, upTo)) {
    let startKey: Read['startKey'];
    let reads = 0;
    do {
      const page = await readPartition(rt, { partition, filter, upTo, startKey });
      found.push(...((page.Items ?? []) as Item[]).filter(({ sk }) => sk !== after));
      if (found.length > limit) return pageOf(rt, found.slice(0, limit), found[limit - 1]?.sk);
      startKey = page.LastEvaluatedKey;
      reads += 1;
      if (startKey && reads === MAX_READS) return pageOf(rt, found, String(startKey.sk));
    } while (startKey);
  }
  return pageOf(rt, found, undefined);
};
