import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { fullFor, loadOf, type RosterList, rosterLists, staleAfterMs } from '../core/executor.ts';
import { listPresentExecutors, type PresentExecutor } from '../core/executor-repository.ts';
import { type LineHeads, readLineHeads } from '../core/line-repository.ts';
import type { Roster } from '../core/roster-repository.ts';
import type { LineEntry } from '../core/ticket-repository.ts';
import type { Limits } from '../model.ts';
import type { Others } from './decision-repository.ts';
import {
  DEAL_AT_MOST,
  type DeskLists,
  type RosterPages,
  readDeskLists,
  readRest,
  wantedCandidates,
} from './desk-lists.ts';
import type { PlanExecutor, PlanInput, PlanTicket } from './plan-assignments.ts';

/** How many tickets or executors a first read returns; each deeper read doubles it. */
export const FIRST_READ = 100;

/** A desk as a dispatcher sees it: all a plan depends on, and the executors behind it. */
export interface DeskView {
  readonly input: PlanInput;
  readonly others: Others;
  readonly executors: ReadonlyMap<string, PresentExecutor>;
  /** More tickets, or more executors who may have room, lie behind what was read: a deeper read may find a match. */
  readonly more: { readonly tickets: boolean; readonly executors: boolean };
}

/** How far a page has counted the lists from one on: those it did not come to the end of are at least so long. */
const counted = ({ entries, more }: Roster, lists: readonly RosterList[], examined: ReadonlySet<string>) => {
  const reached = rosterLists.indexOf(entries.at(-1)?.list ?? 'all');
  return lists.flatMap((list) => {
    const own = entries.filter((entry) => entry.list === list && !examined.has(entry.executorId));
    const cut = more && rosterLists.indexOf(list) >= reached;
    return own.length > 0 || cut ? [[list, { count: own.length, more: cut }] as const] : [];
  });
};

/** Executors on the roster who were not examined, by list: exact up to a page, and saying so where there are more. */
export const countOthers = ({ start, rest }: RosterPages, examined: ReadonlySet<string>): Others => {
  const from = rest ? rosterLists.indexOf(rest.from) : rosterLists.length;
  return Object.fromEntries([
    ...counted(start, rosterLists.slice(0, from), examined),
    ...(rest ? counted(rest, rosterLists.slice(from), examined) : []),
  ]);
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

export interface DeskReadScope {
  readonly deskId: string;
  readonly limits: Limits;
  /** 0 is the first read; each further one reads twice as far. */
  readonly depth: number;
}

export const planLimitsOf = (limits: Limits): PlanInput['limits'] => ({
  version: limits.version,
  maxTicketsPerExecutor: limits.maxTicketsPerExecutor,
  maxUrgentTicketsPerExecutor: limits.maxUrgentTicketsPerExecutor,
  staleAfterMs: staleAfterMs(limits),
});

/** While others with room were not read, nobody may be dealt a second ticket before them. */
export const dealAtMost = (moreExecutors: boolean): number => (moreExecutors ? 1 : DEAL_AT_MOST);

/**
 * The heads of the lines for those who are really there. Who had no urgent room on the roster may have it by the time
 * they are read: an urgent ticket left out then would be overtaken.
 */
const headsFor = (
  rt: Runtime,
  { deskId, limits, depth }: DeskReadScope,
  { heads, urgentRoom }: DeskLists,
  present: readonly PresentExecutor[],
): LineHeads | Promise<LineHeads> => {
  const gained = present.some(({ executor }) => fullFor(loadOf(executor), limits, true) === undefined);
  if (urgentRoom || !gained) return heads;
  const limit = Math.max(FIRST_READ * 2 ** depth, heads.entries.length);
  return readLineHeads(rt, { deskId, limit, urgentRoom: true });
};

/** Reads a desk consistently: the roster, the heads of the lines, the executors whose turn it may be. */
export const readDesk = async (rt: Runtime, scope: DeskReadScope): Promise<DeskView> => {
  const { deskId, limits, depth } = scope;
  const lists = await readDeskLists(rt, { deskId, limits, size: FIRST_READ * 2 ** depth });
  const { roster, candidates, cut } = lists;
  const tickets = lists.heads.entries;
  const wanted = tickets.length > 0 ? wantedCandidates(candidates, { limits, tickets, depth }) : [];
  const examined = new Set(wanted.map((entry) => entry.executorId));
  const [{ items: present }, pages] = await Promise.all([
    wanted.length > 0 ? listPresentExecutors(rt, [...examined]) : { items: [] },
    wanted.length > 0 && !roster.rest ? readRest(rt, deskId, roster.start, { limit: FIRST_READ }) : roster,
  ]);
  const heads = await headsFor(rt, scope, lists, present);
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
    others: countOthers(pages, examined),
    executors: new Map(present.map((each) => [each.executor.id, each])),
    more: { tickets: heads.more, executors: more },
  };
};
