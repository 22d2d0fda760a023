import type * as z from 'zod';
import { epochMs, type Instant } from '../clock.ts';
import { tableName } from '../config.ts';
import type { EventDraft, EventExtra } from '../events/event.ts';
import type { Runtime } from '../runtime.ts';
import type { Item, ItemKey } from '../storage/items.ts';
import { type Due, type DueUpdate, dueUpdate, type PendingDue } from './due-item.ts';

/** What happens when the time has come, and what tells this deadline from an earlier one of the same thing. */
interface Timer {
  readonly kind: string;
}

interface DueEvent<T> {
  draft(data: { timer: T; dueAt: Instant }, extra: EventExtra): EventDraft;
}

interface TimerDeclaration<T extends Timer> {
  /** Whose table has the index `due: { partition: dueShard, sort: dueAt, projection: KEYS_ONLY }`. */
  readonly table: string;
  /** Partitions of the index for each reach. One takes a thousand writes a second. */
  readonly shards: number;
  /** Made on first use: most cold starts fire no timer. */
  readonly schema: () => z.ZodType<T>;
  /** The event that brings a deadline of this kind to whoever acts on it; its data is a `dueMessage` of that kind. */
  readonly event: (kind: T['kind']) => DueEvent<T>;
}

/** What a deadline adds to a commit: attributes of its item, and the message of a near one. */
export interface Deadline<T> {
  readonly due: Due<T>;
  readonly events: readonly EventDraft[];
}

/** SQS delays by 900 s at most; a margin keeps a deadline from falling between the two ways. */
const NEAR_MS = 880_000;

/** Near deadlines are on their way as a message and swept only when late; far ones become one when their minute comes. */
export const dueShardOf = (reach: 'near' | 'far', shard: number): string => `${reach}#${shard}`;

const spread = (text: string, shards: number): number => {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return hash % shards;
};

/**
 * Declares the deadlines of a module. Each is stored on the item it is about, in the same write as what it follows from, so it
 * is never lost: a near one also travels as a delayed message, a far one is found by the minute's sweep. What the sweep has
 * sent is not sent again for five minutes.
 *
 *     export const jobTimer = () => z.strictObject({ kind: z.literal('noShow'), jobId: z.string(), startsAt: z.string() });
 *     export const jobTimerDue = defineEvent('jobs.timer-due', () => dueMessage(jobTimer()));
 *     export const jobTimers = defineTimers({ table: 'jobs', shards: 4, schema: jobTimer, event: () => jobTimerDue });
 *
 *     const noShow = jobTimers.set(rt, { kind: 'noShow', jobId: job.id, startsAt }, plusSeconds(startsAt, graceSec));
 *     await commit(rt, { writes: [jobWrite(rt, job, noShow.due)], events: noShow.events });
 *
 *     onEvents({ queue: 'jobs-timers', on: [
 *       jobTimerDue.to((rt, { data }) => fireTimer(rt, jobTimers, data, { noShow: failNoShow })),
 *     ] });
 *     onSchedule(({ rt }) => sweepDue(rt, jobTimers));
 *
 * Whoever acts on a timer may be called twice, late, or about what has changed since: it reads the thing anew, does nothing
 * unless it still is what the timer names, and commits on the version it read. An item written anew without `due` has no
 * deadline any more; `withoutDue` keeps the attributes out of the thing.
 */
export const defineTimers = <T extends Timer>({ table, shards, schema, event }: TimerDeclaration<T>) => {
  let made: z.ZodType<T> | undefined;
  const timerSchema = (): z.ZodType<T> => {
    made ??= schema();
    return made;
  };

  /** A deadline as a delayed message. */
  const draft = (timer: T, dueAt: Instant): EventDraft =>
    event(timer.kind).draft({ timer, dueAt }, { deliverAt: dueAt, reminder: true });

  const shardOf = (reach: 'near' | 'far', timer: T): string =>
    dueShardOf(reach, spread(JSON.stringify(timer), shards));

  return {
    table,
    shards,
    draft,
    shardOf,

    /**
     * `byMessage: false`: without a message of its own, for what may be a minute late and as a rule is over before its time.
     * `unindexed: true`: one that has a message stands in no index. Whoever sets it so finds by other means those whose
     * message was lost, each minute, and gives them to `sendLate`.
     */
    set: (
      rt: Runtime,
      timer: T,
      dueAt: Instant,
      { byMessage = true, unindexed = false } = {},
    ): Deadline<T> => {
      const near = byMessage && epochMs(dueAt) - rt.clock.nowMs() <= NEAR_MS;
      const dueShard = shardOf(near ? 'near' : 'far', timer);
      const due = near && unindexed ? { dueAt, timer } : { dueShard, dueAt, timer };
      return { due, events: near ? [draft(timer, dueAt)] : [] };
    },

    /** Undefined for an item without a deadline. Throws ZodError on a timer that was never declared so. */
    pending: ({ pk, sk, ...item }: Item): PendingDue<T> | undefined => {
      if (typeof item.dueAt !== 'string' || !item.timer) return undefined;
      const timer = timerSchema().parse(item.timer);
      return {
        key: { pk, sk },
        timer,
        deadline: String(item.deadline ?? item.dueAt),
        lookAt: item.dueAt,
        shard: typeof item.dueShard === 'string' ? item.dueShard : undefined,
      };
    },

    update: (rt: Runtime, key: ItemKey, update: DueUpdate) =>
      dueUpdate(tableName(rt.env, table), key, update),

    /** Moves a deadline only from where it was seen: two messages about one cannot make two of it. */
    move: (
      rt: Runtime,
      { key, lookAt }: PendingDue,
      { due, where }: { readonly due: Due<T>; readonly where?: DueUpdate['where'] },
    ) => dueUpdate(tableName(rt.env, table), key, { due, where: { ...where, dueAt: lookAt } }),
  };
};
