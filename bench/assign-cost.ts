/**
 * Requests and write units per assigned ticket: counted where they leave the client, units as the store reports them.
 * A burst is measured on whole plans: the clock, which stands otherwise, ends the run after `--window` transactions.
 * `npm run bench -- assign-cost [--modes burst,single,held] [--executors 10,10000] [--waiting 1,100000] [--held 0,50,199] [--samples 20] [--window 1000]`
 */
import { parseArgs } from 'node:util';
import { commitChange, executorChange } from '../lib/desk/change.ts';
import { releasing } from '../lib/desk/executors/executor.ts';
import type { Executor, Ticket } from '../lib/desk/model.ts';
import { listLastPlanned } from '../lib/desk/repository/decision-log.ts';
import { getExecutor } from '../lib/desk/repository/executors.ts';
import { printTable } from './print-table.ts';
import type { Tally } from './world/count-calls.ts';
import { dispatchOnce, wake } from './world/dispatch.ts';
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

const PER_EXECUTOR = 5;
/** us-east-1, on demand: write and read units of DynamoDB, requests of standard SQS queues; $ per one. */
const PRICE = { writeUnit: 0.625e-6, readUnit: 0.125e-6, sqsRequest: 0.4e-6 };
const AIMS = {
  burst: { requests: 2, writeUnits: 9 },
  single: { requests: 14, writeUnits: 20 },
  held: { requests: 15, writeUnits: 20 },
};
/** The highest cap there is. */
const MOST_HELD = 200;
const FLAT = 0.15;
const REACHED = 200;
/** A dispatcher begins no new plan after so long. */
const RUN_MS = 15_000;

interface Cell {
  readonly mode: 'burst' | 'single' | 'held';
  /** Tickets in each executor's hand when the run begins; only where that is what is measured. */
  readonly held?: number;
  readonly executors: number;
  readonly waiting: number;
}

type Costs = Cell & { readonly tickets: number; readonly tally: Tally; readonly tookMs: number };

interface Wanted {
  readonly executors: number;
  readonly tickets: number;
  /** Tickets in each executor's hand. */
  readonly open: number;
  /** How many executors and tickets the run may come to; of the others only their places in the lists are made. */
  readonly reached: number;
  readonly limits?: Parameters<typeof newDesk>[1];
}

const seed = async ({ aside }: BenchWorld, wanted: Wanted) => {
  const scene = await newDesk(aside, wanted.limits);
  // In the order of the roster, so that those who are reached are those who have all their items.
  const people = executorsOf(aside, scene, { count: wanted.executors, open: wanted.open }).sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const tickets = ticketsOf(aside, scene, wanted.tickets);
  await putAll(aside, people.length, (index) => {
    const items = executorItems(aside, scene, people[index] as Executor);
    return index < wanted.reached ? items : items.filter(isPlace);
  });
  await putAll(aside, tickets.length, (index) => {
    const items = ticketItems(aside, scene, tickets[index] as Ticket);
    return index < wanted.reached * PER_EXECUTOR ? items : items.filter(isPlace);
  });
  return { scene, people };
};

const assignedOn = async ({ aside }: BenchWorld, { deskId }: Scene): Promise<number> => {
  const decisions = await listLastPlanned(aside, deskId, 1_000_000);
  return decisions.reduce((sum, decision) => sum + decision.tickets.length, 0);
};

/** Everybody has room for five; at least as many tickets wait; one wake-up. */
const burst = async (world: BenchWorld<StillClock>, cell: Cell, window: number): Promise<Costs> => {
  const tickets = Math.max(cell.executors * PER_EXECUTOR + 1, cell.waiting);
  const { scene } = await seed(world, { executors: cell.executors, tickets, open: 0, reached: window * 2 });
  await wake(world.aside, scene.deskId);
  world.counter.take();
  world.counter.after(window, () => world.clock.move(RUN_MS));
  const begunMs = performance.now();
  await dispatchOnce(world);
  const tookMs = performance.now() - begunMs;
  return {
    ...cell,
    waiting: tickets,
    tickets: await assignedOn(world, scene),
    tally: world.counter.take(),
    tookMs,
  };
};

/** One ticket comes to a desk where everybody has room; or one place becomes free where everybody was full. */
const single = async (world: BenchWorld, cell: Cell, samples: number): Promise<Costs> => {
  const backlog = cell.waiting > 1;
  const { scene, people } = await seed(world, {
    executors: cell.executors,
    tickets: backlog ? cell.waiting : 0,
    open: backlog ? PER_EXECUTOR : 0,
    reached: REACHED,
  });
  const tallies: Tally[] = [];
  const begunMs = performance.now();
  for (let sample = 0; sample < samples; sample += 1) {
    if (backlog) await freePlace(world, scene, people[sample % Math.min(people.length, REACHED)]);
    else await newTicket(world, scene);
    await wake(world.aside, scene.deskId);
    world.counter.take();
    await dispatchOnce(world);
    tallies.push(world.counter.take());
  }
  const tookMs = performance.now() - begunMs;
  return { ...cell, tickets: await assignedOn(world, scene), tally: tallies.reduce(added), tookMs };
};

/** One ticket comes to a desk where everybody has so many in hand and room for more. */
const inFullHands = async (world: BenchWorld, cell: Cell, samples: number): Promise<Costs> => {
  const { scene } = await seed(world, {
    executors: cell.executors,
    tickets: 0,
    open: cell.held ?? 0,
    reached: REACHED,
    limits: { maxTicketsPerExecutor: MOST_HELD, maxUrgentTicketsPerExecutor: MOST_HELD },
  });
  const tallies: Tally[] = [];
  const begunMs = performance.now();
  for (let sample = 0; sample < samples; sample += 1) {
    await newTicket(world, scene);
    await wake(world.aside, scene.deskId);
    world.counter.take();
    await dispatchOnce(world);
    tallies.push(world.counter.take());
  }
  const tookMs = performance.now() - begunMs;
  return { ...cell, tickets: await assignedOn(world, scene), tally: tallies.reduce(added), tookMs };
};

const newTicket = async ({ aside }: BenchWorld, scene: Scene): Promise<void> => {
  const [ticket] = ticketsOf(aside, scene, 1);
  await putAll(aside, 1, () => ticketItems(aside, scene, ticket as Ticket));
};

const freePlace = async (
  { aside }: BenchWorld,
  { limits }: Scene,
  executor: Executor | undefined,
): Promise<void> => {
  const before = await getExecutor(aside, executor?.id ?? '');
  const after = releasing(before.executor, before.executor.open.slice(0, 1));
  await commitChange(aside, { ...executorChange(aside, { before, after, limits }), events: [] });
};

const added = (a: Tally, b: Tally): Tally => ({
  calls: Object.fromEntries(
    [...new Set([...Object.keys(a.calls), ...Object.keys(b.calls)])].map((name) => [
      name,
      (a.calls[name] ?? 0) + (b.calls[name] ?? 0),
    ]),
  ),
  dynamo: a.dynamo + b.dynamo,
  sqs: a.sqs + b.sqs,
  writeUnits: a.writeUnits + b.writeUnits,
  readUnits: a.readUnits + b.readUnits,
});

const perTicket = ({ tally, tickets }: Costs) => ({
  requests: (tally.dynamo + tally.sqs) / tickets,
  writeUnits: tally.writeUnits / tickets,
  dollars:
    (tally.writeUnits * PRICE.writeUnit + tally.readUnits * PRICE.readUnit + tally.sqs * PRICE.sqsRequest) /
    tickets,
});

const row = (costs: Costs, first: Costs) => {
  const { requests, writeUnits, dollars } = perTicket(costs);
  const base = perTicket(first);
  const aim = AIMS[costs.mode];
  const change = (now: number, then: number) =>
    `${now >= then ? '+' : ''}${((now / then - 1) * 100).toFixed(0)} %`;
  const met = requests <= aim.requests && writeUnits <= aim.writeUnits;
  const flat = requests <= base.requests * (1 + FLAT) && writeUnits <= base.writeUnits * (1 + FLAT);
  return {
    mode: costs.mode === 'burst' ? 'burst' : 'one at a time',
    executors: costs.executors,
    ...(costs.held !== undefined && { 'in each hand': costs.held }),
    'in line': costs.waiting,
    'tickets measured': costs.tickets,
    requests: requests.toFixed(2),
    'of them SQS': (costs.tally.sqs / costs.tickets).toFixed(2),
    'write units': writeUnits.toFixed(2),
    'read units': (costs.tally.readUnits / costs.tickets).toFixed(2),
    aim: `≤ ${aim.requests}, ≤ ${aim.writeUnits}: ${met ? 'met' : 'missed'}`,
    'against the first': `${change(requests, base.requests)}, ${change(writeUnits, base.writeUnits)}: ${flat ? 'flat' : 'not flat'}`,
    '$ per 1 000': (dollars * 1000).toFixed(4),
  };
};

const numbers = (list: string): number[] => list.split(',').map(Number);

const { values } = parseArgs({
  options: {
    modes: { type: 'string', default: 'burst,single,held' },
    executors: { type: 'string', default: '10,10000' },
    waiting: { type: 'string', default: '1,100000' },
    held: { type: 'string', default: '0,50,199' },
    samples: { type: 'string', default: '20' },
    window: { type: 'string', default: '1000' },
    calls: { type: 'boolean', default: false },
  },
});

const modes = (['burst', 'single', 'held'] as const).filter((mode) => values.modes.split(',').includes(mode));

const measure = async (cell: Cell): Promise<Costs> => {
  const world = await openWorld(new StillClock());
  if (cell.mode === 'held') return inFullHands(world, cell, Number(values.samples));
  return cell.mode === 'burst'
    ? burst(world, cell, Number(values.window))
    : single(world, cell, Number(values.samples));
};

try {
  for (const mode of modes) {
    const all: Costs[] = [];
    if (mode === 'held') {
      for (const held of numbers(values.held))
        all.push(await measure({ mode, held, executors: 40, waiting: 1 }));
    }
    for (const waiting of mode === 'held' ? [] : numbers(values.waiting)) {
      for (const executors of numbers(values.executors)) {
        const cell = { mode, executors, waiting };
        all.push(await measure(cell));
        if (values.calls) console.log(cell, all.at(-1)?.tally, all.at(-1)?.tookMs);
      }
    }
    printTable(all.map((costs) => row(costs, all[0] as Costs)));
  }
} finally {
  await closeWorlds();
}
