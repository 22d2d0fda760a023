// @pure

import type { Visit } from './day.ts';

/** How long things usually took on that day, in milliseconds. */
export interface Typical {
  readonly acceptAfterMs: number;
  readonly closeAfterMs: number;
}

export interface Step {
  readonly kind: 'accept' | 'park' | 'return' | 'decline' | 'close' | 'leave';
  readonly atMs: number;
}

/** What a ticket does in a hand, at instants of the simulation. */
export interface Part {
  /** When it came into this hand. */
  readonly sinceMs: number;
  readonly steps: readonly Step[];
  /** When the day's acceptance was missed. */
  readonly missedAtMs?: number;
  readonly guessed: boolean;
}

/** A simulated assignment this near to the day's own is that one: what followed then follows at the same instants. */
const SAME_MS = 2000;

const middle = (sorted: readonly number[], otherwise: number): number =>
  sorted[Math.floor(sorted.length / 2)] ?? otherwise;

/** Medians of the day's own visits; ten seconds and five minutes when it has none. */
export const typicalOf = (visits: Iterable<readonly Visit[]>): Typical => {
  const all = [...visits].flat();
  const accepts = all.flatMap((visit) => visit.acceptAfterMs ?? []).sort((a, b) => a - b);
  const closes = all.flatMap(({ end }) => (end?.kind === 'closed' ? end.afterMs : [])).sort((a, b) => a - b);
  return { acceptAfterMs: middle(accepts, 10_000), closeAfterMs: middle(closes, 300_000) };
};

interface About {
  readonly executorId: string;
  readonly atMs: number;
  /** Visits that have been lived through already; the one that is chosen is added. */
  readonly used: Set<number>;
  readonly typical: Typical;
}

const closesAfter = (visits: readonly Visit[]): Visit | undefined =>
  visits.findLast(({ end }) => end?.kind === 'closed');

const inTime = (steps: readonly Step[], atMs: number): Step[] =>
  steps.map((step) => ({ ...step, atMs: Math.max(step.atMs, atMs) }));

const turnsOf = (visit: Visit, baseMs: number): Step[] =>
  visit.turns.map(({ kind, afterMs }) => ({ kind, atMs: baseMs + afterMs }));

/** The same executor as on the day: all they did, refusals too. */
const whole = (visits: readonly Visit[], visit: Visit, { atMs }: About): Part => {
  const baseMs = Math.abs(atMs - visit.atMs) <= SAME_MS ? visit.atMs : atMs;
  const steps: Step[] = turnsOf(visit, baseMs);
  if (visit.acceptAfterMs !== undefined) steps.push({ kind: 'accept', atMs: baseMs + visit.acceptAfterMs });
  const { end } = visit;
  const endMs = baseMs + (end?.afterMs ?? 0);
  if (end?.kind === 'closed') steps.push({ kind: 'close', atMs: endMs });
  if (end?.kind === 'declined') steps.push({ kind: 'decline', atMs: endMs });
  if (end?.kind === 'left') steps.push({ kind: 'leave', atMs: endMs });
  const closing = closesAfter(visits)?.end;
  // Taken from them on the day. Should this run leave it with them, it takes them as long as whoever closed it.
  if (end?.kind === 'taken' && closing) steps.push({ kind: 'close', atMs: endMs + closing.afterMs });
  return {
    sinceMs: baseMs,
    steps: inTime(steps, atMs),
    ...(end?.kind === 'missed' && { missedAtMs: endMs }),
    guessed: false,
  };
};

/** Somebody else than on the day: they take as long as the one who closed it, and refuse nothing. */
const others = (visits: readonly Visit[], { atMs, typical }: About): Part => {
  const closing = closesAfter(visits);
  const known = closing ?? visits.findLast((visit) => visit.acceptAfterMs !== undefined);
  const guessed = known === undefined;
  const closeAfterMs = guessed ? typical.closeAfterMs : closing?.end?.afterMs;
  const usual = Math.min(typical.acceptAfterMs, closeAfterMs ?? typical.acceptAfterMs);
  const steps: Step[] = known ? turnsOf(known, atMs) : [];
  steps.push({ kind: 'accept', atMs: atMs + (known?.acceptAfterMs ?? usual) });
  if (closeAfterMs !== undefined) steps.push({ kind: 'close', atMs: atMs + closeAfterMs });
  return { sinceMs: atMs, steps, guessed };
};

/** What a ticket does in a hand it comes into: from the day's visit to that hand if there is one left. */
export const partOf = (visits: readonly Visit[], about: About): Part => {
  const index = visits.findIndex((visit, at) => !about.used.has(at) && visit.executorId === about.executorId);
  const visit = visits[index];
  if (!visit) return others(visits, about);
  about.used.add(index);
  return whole(visits, visit, about);
};
