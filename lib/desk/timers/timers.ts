import * as z from 'zod';
import { epochMs, type Instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/events/event.ts';

/** Everything that happens because time passed. Each names what it saw, so that a late or doubled one changes nothing. */
export const timerSchema = z.discriminatedUnion('kind', [
  /** The wait of a ticket at 80 % (`warn`) and at its end (`limit`), as long as it is still that wait. */
  z.strictObject({
    kind: z.literal('wait'),
    ticketId: z.string(),
    waitingSince: z.string(),
    stage: z.enum(['warn', 'limit']),
  }),
  /** Assigned tickets of one decision that must be accepted by now. */
  z.strictObject({
    kind: z.literal('accept'),
    deskId: z.string(),
    decision: z.string(),
    executorId: z.string(),
    ticketIds: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('parked'), ticketId: z.string(), since: z.string() }),
  /** Looks whether heartbeats still come; `watch` names the one chain of looks that counts. */
  z.strictObject({ kind: z.literal('presence'), executorId: z.string(), watch: z.string() }),
  /** The end of a suspect's reconnect wait. */
  z.strictObject({ kind: z.literal('reconnect'), executorId: z.string(), since: z.string() }),
  /** A decline or miss has been forgotten: somebody may have room now. */
  z.strictObject({ kind: z.literal('wake'), deskId: z.string() }),
]);

export type Timer = z.infer<typeof timerSchema>;

export const timerSet = z.object({ timer: timerSchema, dueAt: z.string() });

/** A timer as an event: near ones travel as a delayed message. */
export const timerEvent = (timer: Timer, dueAt: Instant): EventDraft => ({
  type: 'desk.timer.set',
  data: { timer, dueAt },
  deliverAt: dueAt,
});

/** SQS delays up to 900 s; a margin keeps a timer from falling between the two ways. */
const NEAR_MS = 880_000;
export const DUE_SHARDS = 4;

const shardOf = (id: string): number => {
  const last = id.charCodeAt(id.length - 1);
  return last % DUE_SHARDS;
};

/** Attributes that put an item into the due line, which the minute tick reads. */
export interface Due {
  readonly dueShard: string;
  readonly dueAt: Instant;
  readonly timer: Timer;
}

/** Near deadlines are also on their way as a message, so the tick looks for them only when they are late. */
export const dueLine = (reach: 'near' | 'far', shard: number): string => `${reach}#${shard}`;

export const due = (timer: Timer, change: { id: string; dueAt: Instant; now: Instant }): Due => ({
  dueShard: dueLine(
    epochMs(change.dueAt) - epochMs(change.now) <= NEAR_MS ? 'near' : 'far',
    shardOf(change.id),
  ),
  dueAt: change.dueAt,
  timer,
});
