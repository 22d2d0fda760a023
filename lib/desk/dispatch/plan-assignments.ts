import * as z from 'zod';
import { epochMs } from '../../platform/clock.ts';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';
import { type Fullness, fullFor } from '../core/executor.ts';
import { type Line, lines, type Presence, presences } from '../model.ts';

/** Everything a plan depends on. What the dispatcher saw is kept with the decision, so that it can be made again. */
export const planInputSchema = lazily(() =>
  z.object({
    at: storedInstant(),
    /** The number of the first assignment of this plan in the desk's sequence. */
    firstNumber: z.int(),
    /** How many tickets one executor may be dealt in this plan: 1 while others with room were not read. */
    dealAtMost: z.int(),
    limits: z.object({
      version: z.int(),
      maxTicketsPerExecutor: z.int(),
      maxUrgentTicketsPerExecutor: z.int(),
      /** Milliseconds without a heartbeat after which nobody assigns to them. */
      staleAfterMs: z.number(),
    }),
    /** Waiting tickets. */
    tickets: z.array(
      z.object({
        ticketId: z.string(),
        line: z.enum(lines),
        urgent: z.boolean(),
        orderedAt: storedInstant(),
        passedOver: z.record(z.string(), storedInstant()),
      }),
    ),
    executors: z.array(
      z.object({
        executorId: z.string(),
        /** Number of their last assignment by the dispatcher: the smallest was assigned longest ago. */
        rank: z.int(),
        presence: z.enum(presences),
        lastBeatAt: storedInstant().optional(),
        open: z.int(),
        openUrgent: z.int(),
      }),
    ),
  }),
);
export type PlanInput = ReadBy<typeof planInputSchema>;
export type PlanTicket = PlanInput['tickets'][number];
export type PlanExecutor = PlanInput['executors'][number];

export type Exclusion = Exclude<Presence, 'online'> | Fullness | 'declined' | 'dealt';

export interface Assignment {
  readonly number: number;
  readonly ticketId: string;
  readonly executorId: string;
}

export interface Plan {
  readonly assignments: readonly Assignment[];
  /** Tickets nobody had room for; they block nobody behind them. */
  readonly waiting: readonly string[];
}

interface RankedExecutor extends PlanExecutor {
  readonly dealt: number;
  /** Not there for any ticket of this plan, and why. */
  readonly absent: Exclusion | undefined;
}

/** Strictly: orphaned, urgent, new; within a line the earliest; the id only breaks ties (R-DESK-05). */
export const servingOrder = (a: PlanTicket, b: PlanTicket): number =>
  lines.indexOf(a.line) - lines.indexOf(b.line) ||
  (a.orderedAt < b.orderedAt ? -1 : a.orderedAt > b.orderedAt ? 1 : a.ticketId < b.ticketId ? -1 : 1);

/** Who was assigned longest ago comes first (R-DESK-06). */
const rotationOrder = (a: PlanExecutor, b: PlanExecutor): number =>
  a.rank - b.rank || (a.executorId < b.executorId ? -1 : 1);

/** The heartbeat counts before its timer fires. */
const absenceOf = (executor: PlanExecutor, { limits, at }: PlanInput): Exclusion | undefined => {
  const { presence, lastBeatAt } = executor;
  if (presence !== 'online') return presence;
  return !lastBeatAt || epochMs(at) - epochMs(lastBeatAt) >= limits.staleAfterMs ? 'suspect' : undefined;
};

/** Why this executor cannot get this ticket; undefined when they can. */
const exclusionOf = (
  ranked: RankedExecutor,
  ticket: PlanTicket,
  { limits, at, dealAtMost }: PlanInput,
): Exclusion | undefined => {
  if (ranked.absent) return ranked.absent;
  if ((ticket.passedOver[ranked.executorId] ?? '') > at) return 'declined';
  return fullFor(ranked, limits, ticket.urgent) ?? (ranked.dealt >= dealAtMost ? 'dealt' : undefined);
};

interface Step {
  readonly ticket: PlanTicket;
  /** The rotation at this ticket's turn. */
  readonly rotation: readonly RankedExecutor[];
  readonly chosen: RankedExecutor | undefined;
  readonly number: number;
}

const rankedAfter = (ranked: RankedExecutor, ticket: PlanTicket, number: number): RankedExecutor => ({
  ...ranked,
  rank: number,
  open: ranked.open + 1,
  openUrgent: ranked.openUrgent + (ticket.urgent ? 1 : 0),
  dealt: ranked.dealt + 1,
});

/** The decisions one after the other. Whoever gets a ticket goes to the end of the rotation: one each per round. */
function* steps(input: PlanInput): Generator<Step> {
  const rotation: RankedExecutor[] = [...input.executors]
    .sort(rotationOrder)
    .map((executor) => ({ ...executor, dealt: 0, absent: absenceOf(executor, input) }));
  let number = input.firstNumber;
  for (const ticket of [...input.tickets].sort(servingOrder)) {
    const index = rotation.findIndex((ranked) => exclusionOf(ranked, ticket, input) === undefined);
    const chosen = rotation[index];
    yield { ticket, rotation, chosen, number };
    if (!chosen) continue;
    rotation.splice(index, 1);
    rotation.push(rankedAfter(chosen, ticket, number));
    number += 1;
  }
}

/** Whether this executor, dealt so many of a plan, could take one more of some kind. */
export const hasRoomAfter = (input: PlanInput, executor: PlanExecutor, dealt: number): boolean =>
  absenceOf(executor, input) === undefined && executor.open + dealt < input.limits.maxTicketsPerExecutor;

/** Who gets what: pure, so the same input gives the same plan on any day (R-DESK-12). */
export const planAssignments = (input: PlanInput): Plan => {
  const assignments: Assignment[] = [];
  const waiting: string[] = [];
  for (const { ticket, chosen, number } of steps(input)) {
    if (chosen) assignments.push({ number, ticketId: ticket.ticketId, executorId: chosen.executorId });
    else waiting.push(ticket.ticketId);
  }
  return { assignments, waiting };
};

export interface Candidate {
  readonly executorId: string;
  readonly rank: number;
  readonly open: number;
  readonly openUrgent: number;
  readonly excluded?: Exclusion;
}

export type Rule =
  | 'assigned-longest-ago'
  /** Somebody is online who could have it but for their caps. */
  | 'nobody-has-room'
  /** Everybody who is online has declined or missed it of late. */
  | 'all-passed-over'
  /** Nobody is online; whoever drains takes no more. */
  | 'nobody-there';

/** The explanation of one ticket's decision (R-DESK-11). */
export interface Explanation {
  readonly line: Line;
  readonly rule: Rule;
  readonly executorId?: string;
  readonly number?: number;
  /** Executors per reason of exclusion, among those the planner was given. */
  readonly excluded: Readonly<Partial<Record<Exclusion, number>>>;
  /** Those who could have it first, each kind in turn. */
  readonly candidates: readonly Candidate[];
}

export const SHOWN_CANDIDATES = 20;

const ABSENT: readonly (Exclusion | undefined)[] = ['draining', 'suspect', 'away', 'offline'];

/** Those nearest to getting it first; whoever could have got it precedes all of them. */
const NEARNESS: readonly (Exclusion | undefined)[] = [
  undefined,
  'dealt',
  'urgentCap',
  'cap',
  'declined',
  ...ABSENT,
];

interface Considered {
  readonly ranked: RankedExecutor;
  readonly excluded: Exclusion | undefined;
}

/** Why nobody got it. */
const refusalOf = (seen: readonly Considered[]): Rule => {
  const online = seen.filter(({ excluded }) => !ABSENT.includes(excluded));
  if (online.length === 0) return 'nobody-there';
  return online.every(({ excluded }) => excluded === 'declined') ? 'all-passed-over' : 'nobody-has-room';
};

/** Those who could have it in turn, then the others by how near they were; in turn again among equals. */
const nearestFirst = (seen: readonly Considered[]): Considered[] =>
  [...seen].sort((a, b) => NEARNESS.indexOf(a.excluded) - NEARNESS.indexOf(b.excluded));

const tell = (step: Step, input: PlanInput): Explanation => {
  const seen = step.rotation.map((ranked) => ({ ranked, excluded: exclusionOf(ranked, step.ticket, input) }));
  const excluded: Partial<Record<Exclusion, number>> = {};
  for (const each of seen) if (each.excluded) excluded[each.excluded] = (excluded[each.excluded] ?? 0) + 1;
  return {
    line: step.ticket.line,
    rule: step.chosen ? 'assigned-longest-ago' : refusalOf(seen),
    ...(step.chosen && { executorId: step.chosen.executorId, number: step.number }),
    excluded,
    candidates: nearestFirst(seen)
      .slice(0, SHOWN_CANDIDATES)
      .map(({ ranked, excluded: why }) => ({
        executorId: ranked.executorId,
        rank: ranked.rank,
        open: ranked.open,
        openUrgent: ranked.openUrgent,
        ...(why && { excluded: why }),
      })),
  };
};

/** Makes the same plan again up to one ticket and explains its turn. Undefined when the input does not hold the ticket. */
export const explainTicket = (input: PlanInput, ticketId: string): Explanation | undefined => {
  for (const step of steps(input)) if (step.ticket.ticketId === ticketId) return tell(step, input);
  return undefined;
};
