import type { Runtime } from '../../platform/runtime.ts';
import type { RosterList } from '../core/executor.ts';
import { type LineHeads, readLineHeads } from '../core/line-repository.ts';
import { capsOf, type RosterEntry } from '../core/roster-entries.ts';
import { type Roster, readRoster } from '../core/roster-repository.ts';
import type { Limits } from '../model.ts';

/** One transaction takes no more tickets of one executor: it holds 100 actions, two a ticket. */
export const DEAL_AT_MOST = 40;
/** The widest scope: its plan's record stays well below an item's 400 KB, and it is carried out within a run. */
const WIDEST_TICKETS = 5000;
const WIDEST_EXECUTORS = 1000;
/** A deeper read takes in at least so many executors, times two to the power of its depth. */
const DEEPER = 20;

/** What is read of a desk's lists before any executor or ticket itself is read. */
export interface DeskLists {
  readonly roster: RosterPages;
  /** Those on the roster who may have room, whoever was assigned longest ago first: nobody unread comes before them. */
  readonly candidates: readonly RosterEntry[];
  readonly heads: LineHeads;
  /** Whether somebody seemed to have room for urgent tickets: else those were not read. */
  readonly urgentRoom: boolean;
  /** More candidates follow these. */
  readonly cut: boolean;
}

interface ReadScope {
  readonly deskId: string;
  readonly limits: Limits;
  readonly size: number;
}

/** A roster from its start, and from a later list on where that did not reach it. */
export interface RosterPages {
  readonly start: Roster;
  readonly rest: (Roster & { readonly from: RosterList }) | undefined;
}

/**
 * Reads on where a roster goes on behind its first page: those with ordinary room when not even they were reached, since one
 * of them may have been assigned longest ago; else those without room, to count them.
 */
export const readRest = async (
  rt: Runtime,
  deskId: string,
  start: Roster,
  { limit, lagging = false }: { limit: number; lagging?: boolean },
): Promise<RosterPages> => {
  const goesOn = start.more && ['all', 'ordinary'].includes(start.entries[0]?.list ?? '');
  if (!goesOn) return { start, rest: undefined };
  const from = start.entries.at(-1)?.list === 'all' ? 'ordinary' : 'full';
  // Counts decide nothing.
  const rest = await readRoster(rt, deskId, { limit, from, lagging: lagging || from === 'full' });
  return { start, rest: { ...rest, from } };
};

/** Whether an entry may have room: its list says so, or it is listed as full under caps that have changed since. */
export const isCandidate = (entry: RosterEntry, caps: string): boolean =>
  entry.list === 'all' || entry.list === 'ordinary' || (entry.list === 'full' && entry.caps !== caps);

export const mayHaveUrgentRoom = (entry: RosterEntry, caps: string): boolean =>
  entry.list === 'all' || entry.caps !== caps;

/** Whoever was assigned longest ago comes first (R-DESK-06). */
const inTurn = (a: RosterEntry, b: RosterEntry): number =>
  a.rank - b.rank || (a.executorId < b.executorId ? -1 : 1);

/** The last entry of each list that goes on unread: behind it in turn, somebody unread may come first. */
const endsOf = ({ start, rest }: RosterPages, caps: string): RosterEntry[] => {
  const pages = rest?.from === 'ordinary' ? [start, rest] : [start];
  return pages.flatMap(({ entries, more }) => {
    const last = entries.at(-1);
    return more && last && isCandidate(last, caps) ? [last] : [];
  });
};

const entriesOf = ({ start, rest }: RosterPages): readonly RosterEntry[] =>
  rest?.from === 'ordinary' ? [...start.entries, ...rest.entries] : start.entries;

const candidatesOf = (roster: RosterPages, { limits }: ReadScope) => {
  const caps = capsOf(limits);
  const entries = entriesOf(roster);
  const found = entries.filter((entry) => isCandidate(entry, caps)).sort(inTurn);
  const ends = endsOf(roster, caps);
  const candidates = found.filter((entry) => ends.every((end) => inTurn(end, entry) > 0));
  return {
    candidates,
    cut: ends.length > 0,
    urgentRoom: candidates.some((entry) => mayHaveUrgentRoom(entry, caps)),
  };
};

const roomEach = ({ limits }: ReadScope): number => Math.min(limits.maxTicketsPerExecutor, DEAL_AT_MOST);

const readCandidates = async (rt: Runtime, scope: ReadScope, limit: number) => {
  const start = await readRoster(rt, scope.deskId, { limit });
  const pages =
    start.more && start.entries.at(-1)?.list === 'all'
      ? await readRest(rt, scope.deskId, start, { limit: scope.size })
      : { start, rest: undefined };
  return { roster: pages, ...candidatesOf(pages, scope) };
};

/** As many executors and tickets as one plan may hold: each executor's share is one transaction, whatever its size. */
const wider = async (rt: Runtime, scope: ReadScope): Promise<DeskLists> => {
  const each = roomEach(scope);
  const most = Math.min(WIDEST_EXECUTORS, Math.ceil(WIDEST_TICKETS / each));
  const found = await readCandidates(rt, scope, Math.max(most, scope.size));
  const limit = Math.max(scope.size, Math.min(WIDEST_TICKETS, found.candidates.length * each));
  const heads = await readLineHeads(rt, { deskId: scope.deskId, limit, urgentRoom: found.urgentRoom });
  return { ...found, heads };
};

/** A small read; a wide one when that shows that more tickets wait than it returned, and room for them. */
// A page that is just full says that there are more: with one entry more a hundred executors need no second request.
export const readDeskLists = async (rt: Runtime, scope: ReadScope): Promise<DeskLists> => {
  const found = await readCandidates(rt, scope, scope.size + 1);
  const { candidates, cut, urgentRoom } = found;
  const heads =
    candidates.length > 0
      ? await readLineHeads(rt, { deskId: scope.deskId, limit: scope.size, urgentRoom })
      : { entries: [], more: false };
  const hasMoreRoom = cut || candidates.length * roomEach(scope) > heads.entries.length;
  if (heads.more && hasMoreRoom) return wider(rt, scope);
  return { ...found, heads };
};

/** The first read of executors takes so many more than there are tickets, and three at least. */
const SPARE = 2;
const FEWEST = 3;

/**
 * How many candidates to read, the first in turn: as many as the tickets need and two more, since some may turn out to
 * be no longer there; a deeper read takes twenty, and twice as many each time. An urgent ticket counts those alone who
 * may have room for it. Always a beginning of the turn, so that nobody is read past.
 */
export const wantedCandidates = (
  candidates: readonly RosterEntry[],
  { limits, tickets, depth }: { limits: Limits; tickets: readonly { urgent: boolean }[]; depth: number },
): RosterEntry[] => {
  const least =
    depth === 0 ? Math.max(FEWEST, tickets.length + SPARE) : Math.max(DEEPER, tickets.length) * 2 ** depth;
  if (!tickets.some(({ urgent }) => urgent)) return candidates.slice(0, least);
  const caps = capsOf(limits);
  let withUrgentRoom = 0;
  const end = candidates.findIndex((entry) => {
    if (mayHaveUrgentRoom(entry, caps)) withUrgentRoom += 1;
    return withUrgentRoom === least;
  });
  return end < 0 ? [...candidates] : candidates.slice(0, end + 1);
};
