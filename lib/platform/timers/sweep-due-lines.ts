import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { epochMs, type Instant, instant } from '../clock.ts';
import type { EventDraft } from '../events/event.ts';
import { sendReminders } from '../events/send-reminders.ts';
import type { Runtime } from '../runtime.ts';
import type { Item, ItemKey } from '../storage/items.ts';

/** A deadline that was sent is not sent again for so long; a message that was lost after all is made good by then. */
export const RESEND_MS = 300_000;

/** A deadline as it stands in a due line: the index of items by `dueShard` and `dueAt`. */
export interface DueItem {
  readonly key: ItemKey;
  /** Where it stands in the line: its deadline, or once it was sent the instant of the next look. */
  readonly lookAt: Instant;
  readonly deadline: Instant;
}

export interface DuePage<T extends DueItem> {
  readonly due: readonly T[];
  readonly next?: Item | undefined;
}

/** One partition of a due line, from its beginning to an instant. */
export interface DueShard<T extends DueItem> {
  readonly untilMs: number;
  readonly list: (query: { until: Instant; limit: number; after?: Item | undefined }) => Promise<DuePage<T>>;
  readonly eventOf: (due: T) => EventDraft;
}

export interface Swept {
  readonly sent: number;
  /** Those among them whose deadline had passed for `LATE_MS` and more. */
  readonly late: number;
  /** Time ran out before the end: the next tick goes on. */
  readonly cut: boolean;
}

/** A deadline still standing after this has lost its message, or a busy queue holds it up. */
export const LATE_MS = 5000;
const PAGE = 100;
const AT_ONCE = 20;

/** What has moved on meanwhile, or is just moving, stays as it is. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;

/** Moves a sent deadline back in its line. Its own instant stays on the item as `deadline`. */
const putBack = async (rt: Runtime, table: string, { key, lookAt, deadline }: DueItem): Promise<void> => {
  const next = instant(Math.max(rt.clock.nowMs(), epochMs(deadline)) + RESEND_MS);
  const update = new UpdateCommand({
    TableName: table,
    Key: { ...key },
    UpdateExpression: 'SET deadline = if_not_exists(deadline, dueAt), dueAt = :next',
    ConditionExpression: 'dueAt = :seen',
    ExpressionAttributeValues: { ':next': next, ':seen': lookAt },
  });
  await rt.dynamo.send(update).catch((error: unknown) => {
    if (!isOvertaken(error)) throw error;
  });
};

const sweepShard = async <T extends DueItem>(
  rt: Runtime,
  { table, stopAtMs }: { table: string; stopAtMs: number },
  { untilMs, list, eventOf }: DueShard<T>,
): Promise<Swept> => {
  const lateBefore = instant(rt.clock.nowMs() - LATE_MS);
  const swept = { sent: 0, late: 0 };
  let after: Item | undefined;
  do {
    if (rt.clock.nowMs() >= stopAtMs) return { ...swept, cut: true };
    const { due, next } = await list({ until: instant(untilMs), limit: PAGE, after });
    await sendReminders(rt, due.map(eventOf));
    for (let start = 0; start < due.length; start += AT_ONCE) {
      await Promise.all(due.slice(start, start + AT_ONCE).map((each) => putBack(rt, table, each)));
    }
    swept.sent += due.length;
    swept.late += due.filter(({ deadline }) => deadline <= lateBefore).length;
    after = next;
  } while (after);
  return { ...swept, cut: false };
};

/**
 * Walks due lines and sends each deadline that has come as a message, then puts it back in its line: a queue that is
 * behind does not get the same deadline again with every tick. Sending comes first, so that a crash between the two sends
 * twice and never not at all; whoever is reminded looks at the item anew.
 */
export const sweepDueLines = async <T extends DueItem>(
  rt: Runtime,
  where: { table: string; stopAtMs: number },
  shards: readonly DueShard<T>[],
): Promise<Swept> => {
  const swept = await Promise.all(shards.map((shard) => sweepShard(rt, where, shard)));
  return {
    sent: swept.reduce((sum, { sent }) => sum + sent, 0),
    late: swept.reduce((sum, { late }) => sum + late, 0),
    cut: swept.some(({ cut }) => cut),
  };
};
