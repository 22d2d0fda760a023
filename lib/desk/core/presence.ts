// @pure

import { epochMs, type Instant, plusSeconds } from '../../platform/clock.ts';
import type { Executor, HandOver, Limits, Presence, PresenceBeat } from '../model.ts';
import { isAvailable, staleAfterMs } from './executor.ts';

/** What an executor may set themselves; `suspect` is set by the system alone. */
export const presenceIntents = ['online', 'draining', 'away', 'offline'] as const;
export type PresenceIntent = (typeof presenceIntents)[number];

/** An executor in their next version, and what becomes of the tickets in their hand. */
export interface PresenceMove {
  readonly after: Executor;
  readonly handOver?: HandOver;
}

const at = (executor: Executor, presence: Presence): Executor => ({
  ...executor,
  presence,
  suspected: undefined,
  version: executor.version + 1,
});

/** Out of the desk: the epoch moves on, so whatever they still send for a ticket of before is late (R-DESK-08). */
export const leaving = (executor: Executor): PresenceMove => ({
  after: { ...at(executor, 'offline'), epoch: executor.epoch + 1, missesRunning: 0 },
  handOver: 'all',
});

/** Absent for a while: what was accepted stays until its client writes, what was only assigned goes back (R-DESK-10). */
export const goingAway = (executor: Executor): PresenceMove => ({
  after: { ...at(executor, 'away'), missesRunning: 0 },
  handOver: 'unaccepted',
});

/** Back from being missed, with every ticket. */
export const restoring = (executor: Executor): PresenceMove => ({
  after: at(executor, executor.suspected?.from ?? 'online'),
});

/** Missed heartbeats: nobody assigns to them, everything else stays as it is. */
export const suspecting = (executor: Executor, since: Instant): Executor => ({
  ...at(executor, 'suspect'),
  suspected: { from: executor.presence === 'draining' ? 'draining' : 'online', since },
});

/** The state an executor's own request leads to; undefined when they are in it already. */
export const intended = (executor: Executor, intent: PresenceIntent): PresenceMove | undefined => {
  if (executor.presence === intent) return undefined;
  if (intent === 'offline') return leaving(executor);
  if (intent === 'away') return goingAway(executor);
  return { after: at(executor, intent) };
};

/** Until when the system waits for a suspect; undefined for anyone else. */
export const reconnectUntil = (
  executor: Executor,
  limits: Pick<Limits, 'maxReconnectWaitSec'>,
): Instant | undefined =>
  executor.suspected && plusSeconds(executor.suspected.since, limits.maxReconnectWaitSec);

/** The reconnect wait of a suspect is over: whatever happens next, they have left first. */
export const isTooLate = (
  executor: Executor,
  limits: Pick<Limits, 'maxReconnectWaitSec'>,
  now: Instant,
): boolean => {
  const until = reconnectUntil(executor, limits);
  return until !== undefined && now >= until;
};

type BeatLimits = Pick<Limits, 'heartbeatPeriodSec' | 'missedHeartbeats'>;

export type HeartbeatCheck =
  | { readonly kind: 'stop' }
  | { readonly kind: 'fresh'; readonly staleAtMs: number }
  | { readonly kind: 'stale' };

/** What a presence timer finds. `watch` names the chain of checks it belongs to; a beat of another chain has replaced it. */
export const checkHeartbeat = (
  seen: { executor: Executor; beat: PresenceBeat | undefined; limits: BeatLimits },
  { watch, nowMs }: { watch: string; nowMs: number },
): HeartbeatCheck => {
  const { executor, beat, limits } = seen;
  if (!beat || beat.watch !== watch || !isAvailable(executor.presence)) return { kind: 'stop' };
  const staleAtMs = epochMs(beat.lastBeatAt) + staleAfterMs(limits);
  return nowMs < staleAtMs ? { kind: 'fresh', staleAtMs } : { kind: 'stale' };
};
