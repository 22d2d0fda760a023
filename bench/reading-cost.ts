/**
 * Requests and read units of one look: the desk's board, and why a ticket waits. Counted where they leave the client, units
 * as the store reports them. Everybody is full; the ticket asked about is the last in line; behind the desk lies a day:
 * decisions with twenty candidates each, decisions of people, alerts.
 * `npm run bench -- reading-cost [--executors 10,1000,10000] [--waiting 1,100,10000] [--held 0,24,50,199]`
 */
import { parseArgs } from 'node:util';
import { deskWrite } from '../lib/desk/core/desk-repository.ts';
import { isOnline, type RosterList, rosterLists } from '../lib/desk/core/executor.ts';
import { readBoard } from '../lib/desk/insight/board.ts';
import { explainTicket } from '../lib/desk/insight/explain-ticket.ts';
import { type Executor, type Line, lines, type Presence, type Ticket } from '../lib/desk/model.ts';
import { traceWrites } from '../tests/support/desk-day.ts';
import { printTable } from './print-table.ts';
import { type BenchWorld, closeWorlds, openWorld, StillClock } from './world/open-world.ts';
import {
  executorItems,
  executorsOf,
  isPlace,
  newDesk,
  putAll,
  type Scene,
  ticketItems,
  ticketsOf,
} from './world/seed-desk.ts';

const MANAGER = { id: 'usr_bench', roles: ['manager'] as const };
const AIM = { board: 20, why: 30 };
/** Of executors further back only the place on the roster is made: no look comes to more of them. */
const REACHED = 200;
const USUAL_HAND = 5;
/** The highest cap there is. */
const MOST_HELD = 200;
/** More decisions and alerts than any look shows or decides by. */
const PAST = 240;

interface Desk {
  readonly world: BenchWorld;
  readonly scene: Scene;
}

/** A desk of so many, each with the cap's worth in hand. */
const openDesk = async (count: number, held: number): Promise<Desk> => {
  const world = await openWorld(new StillClock());
  const { aside } = world;
  const cap = Math.max(held, 1);
  const scene = await newDesk(aside, { maxTicketsPerExecutor: cap, maxUrgentTicketsPerExecutor: 1 });
  const people = executorsOf(aside, scene, { count, open: held }).sort((a, b) => (a.id < b.id ? -1 : 1));
  await putExecutors({ world, scene }, people);
  await putPast({ world, scene }, people);
  return { world, scene };
};

const putExecutors = ({ world: { aside }, scene }: Desk, people: readonly Executor[]): Promise<void> =>
  putAll(aside, people.length, (index) => {
    const items = executorItems(aside, scene, people[index] as Executor);
    return index < REACHED ? items : items.filter(isPlace);
  });

/** The desk's own item, and what it has been through. */
const putPast = async ({ world: { aside }, scene }: Desk, people: readonly Executor[]): Promise<void> => {
  const past = ticketsOf(aside, scene, PAST);
  const desk = { id: scene.deskId, name: 'Bench desk', timeZone: 'UTC', version: 1 };
  await putAll(aside, past.length, (index) =>
    traceWrites(aside, { ...scene, people }, past[index] as Ticket, index + 1),
  );
  await putAll(aside, 1, () => [deskWrite(aside, undefined, desk)]);
};

/** The last of them has all its items. */
const putTickets = async ({ world: { aside }, scene }: Desk, tickets: readonly Ticket[]): Promise<Ticket> => {
  const last = tickets.at(-1) as Ticket;
  await putAll(aside, tickets.length, (index) => {
    const items = ticketItems(aside, scene, tickets[index] as Ticket);
    return tickets[index] === last ? items : items.filter(isPlace);
  });
  return last;
};

interface Look {
  readonly requests: number;
  readonly readUnits: number;
}

const counted = async ({ counter }: BenchWorld, look: () => Promise<unknown>): Promise<Look> => {
  counter.take();
  await look();
  const { dynamo, readUnits } = counter.take();
  return { requests: dynamo, readUnits };
};

const rowOf = async (
  { world, scene: { deskId } }: Desk,
  what: Readonly<Record<string, string | number>>,
  { id }: Ticket,
) => {
  const board = await counted(world, () => readBoard(world.rt, deskId));
  const why = await counted(world, () =>
    explainTicket(world.rt, { caller: { ...MANAGER, roles: [...MANAGER.roles] }, ticketId: id }),
  );
  const met = board.readUnits <= AIM.board && why.readUnits <= AIM.why;
  return {
    ...what,
    'board: requests': board.requests,
    'board: read units': board.readUnits,
    'why: requests': why.requests,
    'why: read units': why.readUnits,
    [`aim ≤ ${AIM.board}, ≤ ${AIM.why}`]: met ? 'met' : 'missed',
  };
};

const lengths = async (executors: readonly number[], waiting: readonly number[]) => {
  const rows = [];
  for (const count of executors) {
    const desk = await openDesk(count, USUAL_HAND);
    let inLine = 0;
    for (const wanted of waiting) {
      const last = await putTickets(desk, ticketsOf(desk.world.aside, desk.scene, wanted - inLine));
      inLine = wanted;
      rows.push(await rowOf(desk, { executors: count, 'in line': wanted }, last));
    }
  }
  return rows;
};

const hands = async (held: readonly number[]) => {
  const rows = [];
  for (const count of held) {
    const desk = await openDesk(MOST_HELD, count);
    const last = await putTickets(desk, ticketsOf(desk.world.aside, desk.scene, MOST_HELD));
    rows.push(await rowOf(desk, { 'in each hand': count }, last));
  }
  return rows;
};

interface Lengths {
  readonly what: string;
  readonly lists: readonly RosterList[];
  readonly lines: readonly Line[];
}

/** So many of a line or list are more than are counted. */
const LONG = 200;

const LONG_ONES: readonly Lengths[] = [
  { what: 'two lines, two lists', lists: ['full', 'offline'], lines: ['urgent', 'new'] },
  { what: 'all lines, all lists', lists: rosterLists, lines },
];

/** People who stand in this list under the desk's caps. */
const standingIn = (list: RosterList, { world, scene }: Desk): Executor[] => {
  const given = isOnline(list) ? {} : { presence: list as Presence };
  const open = { full: USUAL_HAND, ordinary: 1 }[list as string] ?? 0;
  return executorsOf(world.aside, scene, { count: LONG, open }).map((each) => ({
    ...each,
    ...given,
    ...(list === 'ordinary' && { openUrgent: each.open }),
  }));
};

/** Several lines and lists of the roster longer than is counted. */
const longOnes = async () => {
  const rows = [];
  for (const { what, lists, lines: longLines } of LONG_ONES) {
    const desk = await openDesk(1, USUAL_HAND);
    for (const list of lists) await putExecutors(desk, standingIn(list, desk));
    const kinds = longLines.flatMap((line) =>
      (line === 'new' ? [false] : [false, true]).map((urgent) => ({ line, urgent })),
    );
    const tickets = kinds.flatMap((kind) =>
      ticketsOf(desk.world.aside, desk.scene, LONG).map((ticket) => ({ ...ticket, ...kind })),
    );
    rows.push(await rowOf(desk, { 'longer than is counted': what }, await putTickets(desk, tickets)));
  }
  return rows;
};

const numbers = (list: string): number[] => list.split(',').map(Number);

const { values } = parseArgs({
  options: {
    executors: { type: 'string', default: '10,1000,10000' },
    waiting: { type: 'string', default: '1,100,10000' },
    held: { type: 'string', default: '0,24,50,199' },
  },
});

try {
  printTable(await lengths(numbers(values.executors), numbers(values.waiting)));
  printTable(await hands(numbers(values.held)));
  printTable(await longOnes());
} finally {
  await closeWorlds();
}
