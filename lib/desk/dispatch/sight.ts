import type { Runtime } from '../../platform/runtime.ts';
import type { Limits } from '../model.ts';
import { type LineHeads, readLineHeads } from '../repository/lines.ts';
import { type Roster, readRoster } from '../repository/roster.ts';
import { capsOf, type RosterEntry } from '../repository/roster-entries.ts';

/** One transaction takes no more tickets of one executor: it holds 100 actions, two a ticket. */
export const DEAL_AT_MOST = 40;
/** The widest look: its plan's record stays well below an item's 400 KB, and it is carried out within a run. */
const WIDEST_TICKETS = 5000;
const WIDEST_EXECUTORS = 1000;

/** What a look at a desk's lists takes in, before anybody's items are read. */
export interface Sight {
  readonly roster: Roster;
  /** Those on the roster who may have room. */
  readonly candidates: readonly RosterEntry[];
  readonly heads: LineHeads;
  /** Whether somebody seemed to have room for urgent tickets: else those were not read. */
  readonly urgentRoom: boolean;
  /** More candidates stand behind these. */
  readonly cut: boolean;
}

interface Look {
  readonly deskId: string;
  readonly limits: Limits;
  readonly size: number;
}

/** Whether an entry may have room: it stands so, or it stands full under caps that are not those of today. */
export const isCandidate = (entry: RosterEntry, caps: string): boolean =>
  entry.list === 'all' || entry.list === 'ordinary' || (entry.list === 'full' && entry.caps !== caps);

export const mayHaveUrgentRoom = (entry: RosterEntry, caps: string): boolean =>
  entry.list === 'all' || entry.caps !== caps;

const candidatesOf = (roster: Roster, { limits }: Look) => {
  const caps = capsOf(limits);
  const candidates = roster.entries.filter((entry) => isCandidate(entry, caps));
  const last = roster.entries.at(-1);
  return {
    candidates,
    cut: roster.more && last !== undefined && isCandidate(last, caps),
    urgentRoom: candidates.some((entry) => mayHaveUrgentRoom(entry, caps)),
  };
};

const roomEach = ({ limits }: Look): number => Math.min(limits.maxTicketsPerExecutor, DEAL_AT_MOST);

/** As many executors and tickets as one plan may hold: each executor's share is one transaction, whatever its size. */
const wider = async (rt: Runtime, look: Look): Promise<Sight> => {
  const each = roomEach(look);
  const most = Math.min(WIDEST_EXECUTORS, Math.ceil(WIDEST_TICKETS / each));
  const roster = await readRoster(rt, look.deskId, { limit: Math.max(most, look.size) });
  const { candidates, cut, urgentRoom } = candidatesOf(roster, look);
  const limit = Math.max(look.size, Math.min(WIDEST_TICKETS, candidates.length * each));
  const heads = await readLineHeads(rt, { deskId: look.deskId, limit, urgentRoom });
  return { roster, candidates, heads, urgentRoom, cut };
};

/** A small look; a wide one when it shows that more tickets wait than it took in, and room for them. */
export const lookAtDesk = async (rt: Runtime, look: Look): Promise<Sight> => {
  const roster = await readRoster(rt, look.deskId, { limit: look.size });
  const { candidates, cut, urgentRoom } = candidatesOf(roster, look);
  const heads =
    candidates.length > 0
      ? await readLineHeads(rt, { deskId: look.deskId, limit: look.size, urgentRoom })
      : { entries: [], more: false };
  const hasMoreRoom = cut || candidates.length * roomEach(look) > heads.entries.length;
  if (heads.more && hasMoreRoom) return wider(rt, look);
  return { roster, candidates, heads, urgentRoom, cut };
};
