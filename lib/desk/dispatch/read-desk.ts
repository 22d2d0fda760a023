import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { fullFor, loadOf, type RosterList, rosterLists, staleAfterMs } from '../executors/executor.ts';
import type { Limits } from '../model.ts';
import type { Others } from '../repository/decisions.ts';
import { listPresentExecutors, type PresentExecutor } from '../repository/executors.ts';
import { type LineHeads, readLineHeads } from '../repository/lines.ts';
import { type Roster, readRoster } from '../repository/roster.ts';
import type { RosterEntry } from '../repository/roster-entries.ts';
import type { LineEntry } from '../repository/tickets.ts';
import { type PlanExecutor, type PlanInput, type PlanTicket, SHOWN_CANDIDATES } from './plan-assignments.ts';
import { DEAL_AT_MOST, lookAtDesk, type Sight } from './sight.ts';

/** How many tickets or executors a first look takes in; each deeper look doubles it. */
export const FIRST_LOOK = 100;

/** A desk as a dispatcher sees it: all a plan depends on, and the executors behind it. */
export interface DeskView {
  readonly input: PlanInput;
  readonly others: Others;
  readonly executors: ReadonlyMap<string, PresentExecutor>;
  /** More tickets, or more executors who may have room, lie behind what was read: a deeper look may find a match. */
  readonly more: { readonly tickets: boolean; readonly executors: boolean };
}

const counted = (entries: readonly RosterEntry[], lists: readonly RosterList[], more: boolean): Others => {
  const tally = lists.map((list) => [list, entries.filter((entry) => entry.list === list).length] as const);
  const reached = entries.at(-1)?.list;
  const cut = (list: RosterList) =>
    more && rosterLists.indexOf(list) >= rosterLists.indexOf(reached ?? 'all');
  return Object.fromEntries(
    tally.flatMap(([list, count]) => (count > 0 || cut(list) ? [[list, { count, more: cut(list) }]] : [])),
  );
};

interface Counted {
  readonly deskId: string;
  readonly roster: Roster;
  readonly examined: ReadonlySet<string>;
  /** The first list whose people are out of question. */
  readonly from: RosterList;
  readonly lagging?: boolean;
}

/** Executors out of question, by list: exact up to a page, and saying so where there are more. */
export const countOthers = async (
  rt: Runtime,
  { deskId, roster, examined, from, lagging = false }: Counted,
): Promise<Others> => {
  const lists = rosterLists.slice(rosterLists.indexOf(from));
  const isSeen = roster.entries.every(({ list }) => lists.includes(list));
  const rest =
    roster.more && !isSeen ? await readRoster(rt, deskId, { limit: FIRST_LOOK, from, lagging }) : roster;
  return counted(
    rest.entries.filter((entry) => !examined.has(entry.executorId)),
    lists,
    rest.more,
  );
};

export const planTicketOf = ({ ticketId, line, urgent, orderedAt, passedOver }: LineEntry): PlanTicket => ({
  ticketId,
  line,
  urgent,
  orderedAt,
  passedOver,
});

const planExecutor = ({ executor, beat }: PresentExecutor): PlanExecutor => ({
  executorId: executor.id,
  rank: executor.rank,
  presence: executor.presence,
  ...(beat && { lastBeatAt: beat.lastBeatAt }),
  open: executor.open.length,
  openUrgent: executor.openUrgent.length,
});

export interface DeskLook {
  readonly deskId: string;
  readonly limits: Limits;
  /** 0 is the first look; each further one reads twice as far. */
  readonly depth: number;
}

export const planLimitsOf = (limits: Limits): PlanInput['limits'] => ({
  version: limits.version,
  maxTicketsPerExecutor: limits.maxTicketsPerExecutor,
  maxUrgentTicketsPerExecutor: limits.maxUrgentTicketsPerExecutor,
  staleAfterMs: staleAfterMs(limits),
});

/** While others with room were not looked at, nobody may be dealt a second ticket before them. */
export const dealAtMost = (moreExecutors: boolean): number => (moreExecutors ? 1 : DEAL_AT_MOST);

/**
 * The heads of the lines for those who are really there. Who had no urgent room on the roster may have it by the time
 * they are read: an urgent ticket left out then would be overtaken.
 */
const headsFor = (
  rt: Runtime,
  { deskId, limits, depth }: DeskLook,
  { heads, urgentRoom }: Sight,
  present: readonly PresentExecutor[],
): LineHeads | Promise<LineHeads> => {
  const gained = present.some(({ executor }) => fullFor(loadOf(executor), limits, true) === undefined);
  if (urgentRoom || !gained) return heads;
  const limit = Math.max(FIRST_LOOK * 2 ** depth, heads.entries.length);
  return readLineHeads(rt, { deskId, limit, urgentRoom: true });
};

/** Reads a desk consistently: the roster, the heads of the lines, the executors whose turn it may be. */
export const readDesk = async (rt: Runtime, look: DeskLook): Promise<DeskView> => {
  const { deskId, limits, depth } = look;
  const sight = await lookAtDesk(rt, { deskId, limits, size: FIRST_LOOK * 2 ** depth });
  const { roster, candidates, cut } = sight;
  const most = Math.max(sight.heads.entries.length, SHOWN_CANDIDATES);
  const wanted = candidates.slice(0, most * 2 ** depth);
  const examined = new Set(wanted.map((entry) => entry.executorId));
  const [{ items: present }, others] = await Promise.all([
    sight.heads.entries.length > 0 ? listPresentExecutors(rt, [...examined]) : { items: [] },
    countOthers(rt, { deskId, roster, examined, from: 'full' }),
  ]);
  const heads = await headsFor(rt, look, sight, present);
  const more = cut || candidates.length > wanted.length;
  return {
    input: {
      at: instant(rt.clock.nowMs()),
      firstNumber: 1,
      dealAtMost: dealAtMost(more),
      limits: planLimitsOf(limits),
      tickets: heads.entries.map(planTicketOf),
      executors: present.map(planExecutor),
    },
    others,
    executors: new Map(present.map((each) => [each.executor.id, each])),
    more: { tickets: heads.more, executors: more },
  };
};
