// @pure

import type { Limits, LimitValues } from '../desk/model.ts';
import { type PlanInput, quantile } from '../desk/rules.ts';
import { epochMs, type Instant } from '../platform/clock.ts';
import type { ReplayCase } from './case.ts';
import { Day, type DayState } from './day.ts';
import { type Fact, type FactOf, inOrder } from './facts.ts';
import type { Dealt, Outcome } from './outcome.ts';
import { typicalOf } from './visit.ts';

/** Everything known of a stretch and of what lies around it. */
export interface History {
  readonly from: Instant;
  readonly to: Instant;
  /** In force before the first fact. */
  readonly limits: Limits;
  /** Of the stretch, of a day before it (for the state at its start), of a day after it (how long things took). */
  readonly facts: readonly Fact[];
}

/** A stretch replayed from its facts: the state at its start, what happened, and all a simulation needs. */
export interface ReplayedDay {
  readonly start: DayState;
  readonly happened: Outcome;
  readonly sequence: readonly Dealt[];
  readonly caseUnder: (override: Partial<LimitValues>) => ReplayCase;
}

/** Nobody numbered anything: any number will do for a simulation of its own. */
const NO_NUMBER = 1;
const LONGEST_DELAY_MS = 1000;

const isNumbered = (fact: Fact): fact is FactOf<'assigned'> & { number: number } =>
  fact.kind === 'assigned' && fact.number !== undefined;

/** How long the dispatcher takes when there is room: the fastest tenth of the waits, as the others waited for room. */
const usualDelayMs = (facts: readonly Fact[]): number => {
  const queuedAtMs = new Map<string, number>();
  const delays: number[] = [];
  for (const fact of facts) {
    if (fact.kind === 'queued') queuedAtMs.set(fact.ticketId, fact.atMs);
    const since = isNumbered(fact) ? queuedAtMs.get(fact.ticketId) : undefined;
    if (since !== undefined) delays.push(Math.max(0, fact.atMs - since));
  }
  const sorted = delays.sort((a, b) => a - b);
  return Math.min(LONGEST_DELAY_MS, Math.round(quantile(sorted, 0.1)));
};

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Goes through all facts once, and takes the state at the start and at the end of the stretch. */
const tellOver = (limits: Limits, facts: readonly Fact[], { fromMs, toMs }: Span) => {
  const day = new Day(limits, fromMs);
  const before = facts.filter((fact) => fact.atMs < fromMs);
  const within = facts.filter((fact) => fact.atMs >= fromMs && fact.atMs <= toMs);
  for (const fact of before) day.apply(fact);
  const start = day.state();
  day.startCounting();
  const firstOutside = day.outside.length;
  for (const fact of within) day.apply(fact);
  const openTickets = [...day.openTickets.values()];
  const waiting = openTickets.filter(({ state }) => state === 'waiting').length;
  const parked = openTickets.filter(({ state }) => state === 'parked').length;
  const happened = day.tally.outcome({ waiting, held: openTickets.length - waiting - parked });
  const sequence = [...day.tally.sequence];
  const outside = day.outside.slice(firstOutside);
  // From here on only to learn how long what began in the stretch took.
  for (const fact of facts) if (fact.atMs > toMs) day.apply(fact);
  return { day, start, happened, sequence, outside, within };
};

export const readDay = ({ from, to, limits, facts }: History): ReplayedDay => {
  const span = { fromMs: epochMs(from), toMs: epochMs(to) };
  const { day, start, happened, sequence, outside, within } = tellOver(limits, inOrder(facts), span);
  const numbered = within.filter(isNumbered);
  const shared = {
    ...span,
    start,
    outside,
    visits: day.visits,
    promotions: day.promotions,
    plannedAtMs: [...new Set(numbered.map((fact) => fact.atMs))].sort((a, b) => a - b),
    planDelayMs: usualDelayMs(within),
    firstNumber: numbered.reduce((least, { number }) => Math.min(least, number), Number.POSITIVE_INFINITY),
    typical: typicalOf(day.visits.values()),
  };
  const firstNumber = Number.isFinite(shared.firstNumber) ? shared.firstNumber : NO_NUMBER;
  return { start, happened, sequence, caseUnder: (override) => ({ ...shared, firstNumber, override }) };
};

/** How many of the day's assignments went to the same executor in a simulation, ticket by ticket, time by time. */
export const sameAssignments = (
  day: readonly Dealt[],
  simulated: readonly Dealt[],
): { same: number; of: number } => {
  const queues = new Map<string, string[]>();
  for (const { ticketId, executorId } of simulated) {
    queues.set(ticketId, [...(queues.get(ticketId) ?? []), executorId]);
  }
  const same = day.filter(({ ticketId, executorId }) => queues.get(ticketId)?.shift() === executorId).length;
  return { same, of: day.length };
};

/**
 * Executors of whom the facts say nothing, because they came more than a day before: a plan that was given them says
 * that they were online, from the start on, and whose turn it was.
 */
export const presentByPlans = (
  facts: readonly Fact[],
  inputs: readonly PlanInput[],
  from: Instant,
): Fact[] => {
  const firstSeenMs = new Map<string, number>();
  for (const fact of facts) {
    if (fact.kind !== 'presence') continue;
    const known = firstSeenMs.get(fact.executorId) ?? Number.POSITIVE_INFINITY;
    firstSeenMs.set(fact.executorId, Math.min(known, fact.atMs));
  }
  const found: Fact[] = [];
  for (const { at, executors } of inputs) {
    for (const { executorId, rank, presence } of executors) {
      if (presence !== 'online' || (firstSeenMs.get(executorId) ?? Number.POSITIVE_INFINITY) <= epochMs(at))
        continue;
      firstSeenMs.set(executorId, epochMs(from));
      const atMs = epochMs(from) - 1;
      found.push({ kind: 'presence', atMs, executorId, from: undefined, to: 'online', rank });
    }
  }
  return found;
};
