import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { instant } from '../clock.ts';
import { tableName } from '../config.ts';
import type { DomainEvent, EventDraft } from '../events/event.ts';
import { sendEvents } from '../events/send.ts';
import type { Runtime } from '../runtime.ts';
import type { Write } from './write.ts';

/** Rows are spread over this many partitions, so that the sweep needs no scan and no partition runs hot. */
export const OUTBOX_SHARDS = 16;

export interface OutboxRow {
  readonly key: { readonly pk: string; readonly sk: string };
  readonly events: readonly DomainEvent[];
  readonly write: Write;
}

const shardOf = (commitId: string): number => Number.parseInt(commitId.slice(-2), 16) % OUTBOX_SHARDS;

/** One row for all events of a commit. */
export const outboxRow = (rt: Runtime, commitId: string, drafts: readonly EventDraft[]): OutboxRow => {
  const at = instant(rt.clock.nowMs());
  const events = drafts.map((draft, index): DomainEvent => {
    const { data, reminder: _, ...rest } = draft;
    const origin = rt.correlationId ? { correlationId: rt.correlationId } : {};
    return { id: `${commitId}.${index}`, at, ...origin, ...rest, data: data as Record<string, unknown> };
  });
  const key = { pk: `OUTBOX#${shardOf(commitId)}`, sk: `${at}#${commitId}` };
  return {
    key,
    events,
    write: {
      Put: { TableName: tableName(rt.env, 'platform'), Item: { ...key, events: JSON.stringify(events) } },
    },
  };
};

const remove = async (rt: Runtime, key: OutboxRow['key']): Promise<void> => {
  await rt.dynamo.send(new DeleteCommand({ TableName: tableName(rt.env, 'platform'), Key: key }));
};

/**
 * Sends a row's events and removes the row. The change is already durable, so a failure here is no failure of the
 * request: the row stays, is counted in the log, and the sweep sends it.
 */
export const relay = async (rt: Runtime, row: Pick<OutboxRow, 'key' | 'events'>): Promise<boolean> => {
  try {
    await sendEvents(rt, row.events);
    await remove(rt, row.key);
    return true;
  } catch (error) {
    rt.log.warn('outbox row left to the sweep', { outboxRow: row.key.sk, error });
    return false;
  }
};

export interface Sweep {
  readonly sent: number;
  readonly failed: number;
}

const PAGE = 100;

const sweepShard = async (rt: Runtime, shard: number, olderThan: string): Promise<Sweep> => {
  const page = await rt.dynamo.send(
    new QueryCommand({
      TableName: tableName(rt.env, 'platform'),
      KeyConditionExpression: 'pk = :pk AND sk < :olderThan',
      ExpressionAttributeValues: { ':pk': `OUTBOX#${shard}`, ':olderThan': olderThan },
      ConsistentRead: true,
      Limit: PAGE,
    }),
  );
  const results: boolean[] = [];
  for (const item of page.Items ?? []) {
    const key = { pk: String(item.pk), sk: String(item.sk) };
    results.push(await relay(rt, { key, events: JSON.parse(String(item.events)) as DomainEvent[] }));
  }
  const sent = results.filter(Boolean).length;
  // A full page that went out whole may have more behind it; a failing one would only fail again.
  const rest =
    results.length === PAGE && sent === PAGE
      ? await sweepShard(rt, shard, olderThan)
      : { sent: 0, failed: 0 };
  return { sent: sent + rest.sent, failed: results.length - sent + rest.failed };
};

/** Re-sends rows older than `ageMs` (a younger one may be on its way right now), oldest first in each shard. */
export const sweepOutbox = async (rt: Runtime, ageMs: number): Promise<Sweep> => {
  const olderThan = instant(rt.clock.nowMs() - ageMs);
  const shards = await Promise.all(
    Array.from({ length: OUTBOX_SHARDS }, (_, shard) => sweepShard(rt, shard, olderThan)),
  );
  return shards.reduce((sum, each) => ({ sent: sum.sent + each.sent, failed: sum.failed + each.failed }));
};
