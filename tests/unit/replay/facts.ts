import { effectiveLimits, initialLimits } from '../../../lib/desk/core/limits.ts';
import type { Line, Presence } from '../../../lib/desk/model.ts';
import { instant } from '../../../lib/platform/clock.ts';
import type { Fact, FactOf } from '../../../lib/replay/facts.ts';
import { readDay } from '../../../lib/replay/history.ts';

export const START_MS = Date.UTC(2026, 0, 5, 8);
export const limits = {
  ...effectiveLimits(initialLimits),
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

export const byHand = (ticketId: string, executorId: string, atMs: number): Fact => ({
  kind: 'assigned',
  atMs,
  ticketId,
  executorId,
  number: undefined,
});

export const accepted = (ticketId: string, executorId: string, atMs: number): Fact => ({
  kind: 'accepted',
  atMs,
  ticketId,
  executorId,
});

export const parked = (ticketId: string, atMs: number): Fact => ({ kind: 'parked', atMs, ticketId });

export const overdue = (ticketId: string, sec: number): Fact => ({
  kind: 'overdue',
  atMs: at(sec),
  ticketId,
});

export const urgency = (ticketId: string, sec: number, urgent: boolean): Fact => ({
  kind: 'urgency',
  atMs: at(sec),
  ticketId,
  urgent,
});

export const presence = (executorId: string, sec: number, from: Presence, to: Presence): Fact => ({
  kind: 'presence',
  atMs: at(sec),
  executorId,
  from,
  to,
  rank: 0,
});

/** Into a line again, and why; ordered by the start of the day. */
export const back = (ticketId: string, sec: number, cause: string, line: Line): FactOf<'queued'> => ({
  kind: 'queued',
  atMs: at(sec),
  ticketId,
  cause,
  line,
  urgent: false,
  promoted: cause === 'promoted',
  orderedAt: instant(START_MS),
  waitingSinceMs: at(sec),
  passedOver: {},
});

/** Ten minutes from the start on. */
export const tell = (facts: readonly Fact[], given: Partial<typeof limits> = {}) => {
  const told = readDay({ ...span(10), limits: { ...limits, ...given }, facts });
  return { ...told, given: told.caseUnder({}) };
};
