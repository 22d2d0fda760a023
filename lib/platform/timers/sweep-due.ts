import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { epochMs, type Instant, instant } from '../clock.ts';
import { tableName } from '../config.ts';
import type { EventDraft } from '../events/event.ts';
import { sendReminders } from '../events/send-reminders.ts';
import type { Runtime } from '../runtime.ts';
import { type Item, itemsOf } from '../storage/items.ts';
import { dueShardOf } from './define-timers.ts';
import type { PendingDue } from './due-item.ts';

/** A deadline that was sent is not sent again for so long; a message that was lost after all is made good by then. */
const RESEND_MS = 300_000;
/** Far deadlines become a message this long before they are due: the sweep comes once a minute, give or take. */
const AHEAD_MS = 70_000;
/** A near deadline still pending after this has lost its message, or a busy queue holds it up. */
export const LATE_MS = 5000;
/** The function may run for 50 s; what is left over waits for the next minute. */
export const BUDGET_MS = 40_000;
const PAGE = 100;
const AT_ONCE = 20;

/** The timers of a module, as `defineTimers` gives them. */
interface SweptTimers<T> {
  readonly table: string;
  readonly shards: number;
  readonly draft: (timer: T, dueAt: Instant) => EventDraft;
  readonly shardOf: (reach: 'near' | 'far', timer: T) => string;
  readonly pending: (item: Item) => PendingDue<T> | undefined;
}

export interface Swept {
  readonly sent: number;
  /** Those among them whose deadline had passed for five seconds and more. */
  readonly late: number;
  /** Time ran out before the end: the next sweep goes on. */
  readonly cut: boolean;
}

/** What has moved on meanwhile, or is just moving, stays as it is. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;

/** Moves a sent deadline back in its shard. Its own instant stays on the item as `deadline`. */
const putBack = async <T>(rt: Runtime, timers: SweptTimers<T>, due: PendingDue<T>): Promise<void> => {
  const { key, timer, lookAt, deadline, shard } = due;
  const next = instant(Math.max(rt.clock.nowMs(), epochMs(deadline)) + RESEND_MS);
  const update = new UpdateCommand({
    TableName: tableName(rt.env, timers.table),
    Key: { ...key },
    UpdateExpression: 'SET deadline = if_not_exists(deadline, dueAt), dueAt = :next, dueShard = :shard',
    ConditionExpression: 'dueAt = :seen',
    ExpressionAttributeValues: {
      ':next': next,
      ':seen': lookAt,
      ':shard': shard ?? timers.shardOf('near', timer),
    },
  });
  await rt.dynamo.send(update).catch((error: unknown) => {
    if (!isOvertaken(error)) throw error;
  });
};

/** One that cannot be read holds up none behind it. */
export const pendingOr = <T>(rt: Runtime, { pending }: SweptTimers<T>, item: Item): PendingDue<T>[] => {
  try {
    return [pending(item) ?? []].flat();
  } catch (error) {
    rt.log.error('a deadline cannot be read', { pk: item.pk, sk: item.sk, error });
    return [];
  }
};

/**
 * Sends deadlines once more and not again for five minutes; those that stood in no index stand in it from then on. Sending
 * comes first: a crash between the two sends twice and never not at all.
 */
export const sendLate = async <T>(
  rt: Runtime,
  timers: SweptTimers<T>,
  due: readonly PendingDue<T>[],
): Promise<void> => {
  await sendReminders(
    rt,
    due.map(({ timer, deadline }) => timers.draft(timer, deadline)),
  );
  for (let start = 0; start < due.length; start += AT_ONCE) {
    await Promise.all(due.slice(start, start + AT_ONCE).map((each) => putBack(rt, timers, each)));
  }
};

interface Shard {
  readonly name: string;
  readonly until: Instant;
  readonly stopAtMs: number;
}

/** Deadlines of a shard up to an instant, each read again from its item: the index may lag. */
const listDue = async <T>(
  rt: Runtime,
  timers: SweptTimers<T>,
  { name, until }: Shard,
  after: Item | undefined,
): Promise<{ due: PendingDue<T>[]; next: Item | undefined }> => {
  const items = itemsOf(timers.table);
  const page = await items.list(rt, {
    index: 'due',
    partition: ['dueShard', name],
    until: ['dueAt', until],
    limit: PAGE,
    after,
  });
  const keys = page.items.map(({ pk, sk }) => ({ pk, sk }));
  const due = (await items.findAll(rt, keys)).flatMap((item) => pendingOr(rt, timers, item));
  return { due: due.filter(({ lookAt }) => lookAt <= until), next: page.next };
};

const sweepShard = async <T>(rt: Runtime, timers: SweptTimers<T>, shard: Shard): Promise<Swept> => {
  const lateBefore = instant(rt.clock.nowMs() - LATE_MS);
  const swept = { sent: 0, late: 0 };
  let after: Item | undefined;
  do {
    if (rt.clock.nowMs() >= shard.stopAtMs) return { ...swept, cut: true };
    const { due, next } = await listDue(rt, timers, shard, after);
    await sendLate(rt, timers, due);
    swept.sent += due.length;
    swept.late += due.filter(({ deadline }) => deadline <= lateBefore).length;
    after = next;
  } while (after);
  return { ...swept, cut: false };
};

/**
 * Walks the due index: far deadlines that come within a minute go out as messages, near ones that are late go out again,
 * neither again for five minutes, so that a queue that is behind does not get the same one every minute.
 */
export const sweepDue = async <T>(rt: Runtime, timers: SweptTimers<T>): Promise<Swept> => {
  const nowMs = rt.clock.nowMs();
  const stopAtMs = nowMs + BUDGET_MS;
  const shards = Array.from({ length: timers.shards }, (_, shard): Shard[] => [
    { name: dueShardOf('far', shard), until: instant(nowMs + AHEAD_MS), stopAtMs },
    { name: dueShardOf('near', shard), until: instant(nowMs - LATE_MS), stopAtMs },
  ]).flat();
  const swept = await Promise.all(shards.map((shard) => sweepShard(rt, timers, shard)));
  const all: Swept = {
    sent: swept.reduce((sum, { sent }) => sum + sent, 0),
    late: swept.reduce((sum, { late }) => sum + late, 0),
    cut: swept.some(({ cut }) => cut),
  };
  if (all.late > 0 || all.cut) rt.log.warn('deadlines swept', { ...all });
  else rt.log.info('deadlines swept', { ...all });
  return all;
};
