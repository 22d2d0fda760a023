import { epochMs, instant } from '../platform/clock.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { Item } from '../platform/storage/items.ts';
import { listDesks } from './core/desk-repository.ts';
import { executorItems } from './core/executor-items.ts';
import { readLines } from './core/line-counts.ts';
import { readRosterState } from './core/roster-counts.ts';
import { findTickets } from './core/ticket-repository.ts';
import type { Ticket } from './model.ts';

// What the desk lets live connections know: whose a thing is, at this moment.

/** Whose a ticket is. */
export type TicketAudience = Pick<Ticket, 'id' | 'clientId' | 'executorId' | 'deskId' | 'version'>;

/** Of the tickets that there are, by id; one request a hundred. */
export const findAudiences = async (
  rt: Runtime,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, TicketAudience>> => {
  const found = ticketIds.length > 0 ? await findTickets(rt, ticketIds) : [];
  return new Map(found.map((ticket) => [ticket.id, ticket]));
};

/** The home desk of an executor; undefined for whoever is none. */
export const findHomeDesk = async (rt: Runtime, executorId: string): Promise<string | undefined> =>
  (await executorItems.find(rt, { executorId }))?.homeDeskId;

const PAGE = 100;

/** Every desk, by id. */
export const listDeskIds = async (rt: Runtime): Promise<string[]> => {
  const ids: string[] = [];
  let after: Item | undefined;
  do {
    const { items, next } = await listDesks(rt, { limit: PAGE, after });
    ids.push(...items.map(({ id }) => id));
    after = next;
  } while (after);
  return ids;
};

/** Beyond it a figure says "at least"; the board itself counts further. */
const EXACT_TO = 1_000;

/** Lines and roster of a desk in numbers. */
export const findBoardFigures = async (rt: Runtime, deskId: string): Promise<object> => {
  const [lines, roster] = await Promise.all([
    readLines(rt, deskId, EXACT_TO),
    readRosterState(rt, deskId, { first: 0, exactTo: EXACT_TO }),
  ]);
  const nowMs = rt.clock.nowMs();
  return {
    deskId,
    at: instant(nowMs),
    lines: lines.map(({ line, waiting, head }) => ({
      line,
      waiting,
      headWaitSec: head ? (nowMs - epochMs(head.waitingSince)) / 1000 : null,
    })),
    roster: roster.counts,
  };
};
