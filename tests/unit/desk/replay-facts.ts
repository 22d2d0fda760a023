import type { Fact } from '../../../lib/desk/replay/replay-facts-rules.ts';
import { effectiveLimits, initialLimits } from '../../../lib/desk/settings/limits.ts';
import { instant } from '../../../lib/platform/clock.ts';

export const START_MS = Date.UTC(2026, 0, 5, 8);
export const limits = {
  ...effectiveLimits(initialLimits, 'main'),
  maxWaitSec: 604_800,
  maxUrgentWaitSec: 604_800,
};

export const online = (executorId: string, atMs = START_MS - 1000): Fact => ({
  kind: 'presence',
  atMs,
  executorId,
  from: 'offline',
  to: 'online',
  rank: 0,
});

export const queued = (ticketId: string, atMs: number, urgent = false): Fact => ({
  kind: 'queued',
  atMs,
  ticketId,
  cause: 'opened',
  line: urgent ? 'urgent' : 'new',
  urgent,
  promoted: false,
  orderedAt: instant(atMs),
  waitingSinceMs: atMs,
  passedOver: {},
});

export const assigned = (ticketId: string, executorId: string, atMs: number, number: number): Fact => ({
  kind: 'assigned',
  atMs,
  ticketId,
  executorId,
  number,
});

export const closed = (ticketId: string, atMs: number): Fact => ({ kind: 'closed', atMs, ticketId });
export const span = (minutes: number) => ({
  from: instant(START_MS),
  to: instant(START_MS + minutes * 60_000),
});
export const at = (sec: number) => START_MS + sec * 1000;
