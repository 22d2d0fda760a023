import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { fullFor, loadOf, type RosterList, rosterLists, staleAfterMs } from '../executors/executor-rules.ts';
import type { Limits } from '../model.ts';
import type { Others } from '../repository/decisions.ts';
import { capsOf, listPresentExecutors, type PresentExecutor } from '../repository/executors.ts';
import { type LineHeads, readLineHeads } from '../repository/lines.ts';
import { type Roster, type RosterEntry, readUnavailable } from '../repository/roster.ts';
import type { LineEntry } from '../repository/tickets.ts';
import { type PlanExecutor, type PlanInput, type PlanTicket, SHOWN_CANDIDATES } from './plan-assignments.ts';
import { DEAL_AT_MOST, isCandidate, lookAtDesk, type Sight } from './sight.ts';

/** How many tickets or executors a first look takes in; each deeper look doubles it. */
const FIRST_LOOK = 100;

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

const ABSENT = rosterLists.slice(rosterLists.indexOf('full'));

/** Executors out of question, by list: exact up to a page, and saying so where there are more. */
const countOthers = async (
  rt: Runtime,
  deskId: string,
  roster: Roster,
  examined: ReadonlySet<string>,
): Promise<Others> => {
  const isSeen = roster.entries.every(({ list }) => ABSENT.includes(list));
  const rest = roster.more && !isSeen ? await readUnavailable(rt, deskId, FIRST_LOOK) : roster;
  return counted(
    rest.entries.filter((entry) => !examined.has(entry.executorId)),
    ABSENT,
    rest.more,
  );
};

const planTicket = ({ ticketId, line, urgent, orderedAt, passedOver }: LineEntry): PlanTicket => ({
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
  /** Look whether or not there is room: to explain, not to dispatch. The first in turn are examined, others counted. */
  readonly always?: boolean;
}

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
  const { deskId, limits, depth, always = false } = look;
  const size = FIRST_LOOK * 2 ** depth;
  const sight = await lookAtDesk(rt, { deskId, limits, size, always });
  const { roster, candidates, cut } = sight;
  const most = always ? SHOWN_CANDIDATES : Math.max(sight.heads.entries.length, SHOWN_CANDIDATES);
  const wanted = candidates.slice(0, most * 2 ** depth);
  const examined = new Set(wanted.map((entry) => entry.executorId));
  const [present, others] = await Promise.all([
    sight.heads.entries.length > 0 ? listPresentExecutors(rt, [...examined], { lagging: always }) : [],
    countOthers(rt, deskId, roster, examined),
  ]);
  const heads = await headsFor(rt, look, sight, present);
  // Who stands behind those examined and is full or absent changes nothing.
  const behind = candidates.slice(wanted.length);
  const moreExecutors = cut || behind.some((entry) => isCandidate(entry, capsOf(limits)));
  return {
    input: {
      at: instant(rt.clock.nowMs()),
      firstNumber: 1,
      // While others with room were not looked at, nobody may be dealt a second ticket before them.
      dealAtMost: moreExecutors ? 1 : DEAL_AT_MOST,
      limits: {
        version: limits.version,
        maxTicketsPerExecutor: limits.maxTicketsPerExecutor,
        maxUrgentTicketsPerExecutor: limits.maxUrgentTicketsPerExecutor,
        staleAfterMs: staleAfterMs(limits),
      },
      tickets: heads.entries.map(planTicket),
      executors: present.map(planExecutor),
    },
    others,
    executors: new Map(present.map((each) => [each.executor.id, each])),
    more: { tickets: heads.more, executors: moreExecutors },
  };
};
