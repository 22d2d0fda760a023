import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { type LineHeads, readLineHeads } from '../core/line-repository.ts';
import { capsOf, type RosterEntry } from '../core/roster-entries.ts';
import { type Roster, readRoster } from '../core/roster-repository.ts';
import type { Others } from '../dispatch/decision-repository.ts';
import { isCandidate, mayHaveUrgentRoom, readRest } from '../dispatch/desk-lists.ts';
import type { PlanExecutor, PlanTicket } from '../dispatch/plan-assignments.ts';
import { countOthers, dealAtMost, FIRST_READ, planLimitsOf, planTicketOf } from '../dispatch/read-desk.ts';
import type { ExecutorSummary } from '../executors/executor-summary.ts';
import { listExecutorSummaries } from '../executors/executor-summary-repository.ts';
import type { Limits } from '../model.ts';
import { explainWaiting, type WaitingRule } from './waiting-reasons.ts';

/** Executors examined at first: each costs a unit to read, as much as fifty entries of the roster. */
const EXAMINED = 16;
/** Examines twice as many executors each round, when none of those before could take the ticket and others might. */
const MAX_ROUNDS = 3;

interface Waiting {
  readonly deskId: string;
  readonly limits: Limits;
  readonly ticket: PlanTicket;
}

export interface PresentState {
  readonly at: string;
  readonly found: ReturnType<typeof explainWaiting>;
  /** The heads of the lines. */
  readonly heads: readonly PlanTicket[];
  /** Executors who were not examined. */
  readonly others: Others;
}

const planExecutor = ({
  id,
  rank,
  presence,
  open,
  openUrgent,
  lastBeatAt,
}: ExecutorSummary): PlanExecutor => ({
  executorId: id,
  rank,
  presence,
  ...(lastBeatAt && { lastBeatAt }),
  open,
  openUrgent,
});

const idsOf = (entries: readonly RosterEntry[]): string[] => entries.map(({ executorId }) => executorId);

const refusals: readonly (WaitingRule | undefined)[] = ['nobody-there', 'nobody-has-room', 'all-passed-over'];

/** The planner on those examined: the first so many of the roster. */
const explainWith = (
  rt: Runtime,
  { limits, ticket }: Waiting,
  seen: { roster: Roster; heads: LineHeads; examined: readonly ExecutorSummary[]; count: number },
) => {
  const caps = capsOf(limits);
  const behind = seen.roster.entries.slice(seen.count);
  const last = seen.roster.entries.at(-1);
  const cut = seen.roster.more && last ? [last] : [];
  const mightTake = (entry: RosterEntry) => !ticket.urgent || mayHaveUrgentRoom(entry, caps);
  const more = [...behind, ...cut].filter((entry) => isCandidate(entry, caps));
  const input = {
    at: instant(rt.clock.nowMs()),
    firstNumber: 1,
    dealAtMost: dealAtMost(more.length > 0),
    limits: planLimitsOf(limits),
    tickets: seen.heads.entries.map(planTicketOf),
    executors: seen.examined.map(planExecutor),
  };
  const found = explainWaiting(input, ticket);
  return { input, found, goOn: refusals.includes(found?.rule) && more.some(mightTake) };
};

/**
 * Why a ticket still waits, by the planner on the present state as it lately was. Read are the heads of the lines and the
 * first of the roster, and of those the first sixteen in turn are examined: neither the length of lines and roster matters, nor how much is
 * in whose hand.
 */
export const readPresentState = async (rt: Runtime, waiting: Waiting): Promise<PresentState> => {
  const { deskId } = waiting;
  const [roster, heads] = await Promise.all([
    readRoster(rt, deskId, { limit: FIRST_READ, lagging: true }),
    readLineHeads(rt, { deskId, limit: FIRST_READ, urgentRoom: true, lagging: true }),
  ]);
  const examined: ExecutorSummary[] = [];
  let count = 0;
  for (let rounds = 1; ; rounds += 1) {
    const next = roster.entries.slice(count, EXAMINED * 2 ** (rounds - 1));
    examined.push(...(await listExecutorSummaries(rt, idsOf(next), { lagging: true })).items);
    count += next.length;
    const { input, found, goOn } = explainWith(rt, waiting, { roster, heads, examined, count });
    if (goOn && rounds < MAX_ROUNDS && count < roster.entries.length) continue;
    const pages = await readRest(rt, deskId, roster, { limit: FIRST_READ, lagging: true });
    const others = countOthers(pages, new Set(idsOf(roster.entries.slice(0, count))));
    return { at: input.at, found, heads: input.tickets, others };
  }
};
