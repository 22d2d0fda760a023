/**
 * Requests and write units per assigned ticket: counted where they leave the client, units as the store reports them.
 * A burst is measured on whole plans: the clock, which stands otherwise, ends the run after `--window` transactions.
 * `npm run bench -- assign-cost [--modes burst,single,held] [--executors 10,10000] [--waiting 1,100000] [--held 0,50,199] [--samples 20] [--window 1000]`
 */
import { parseArgs } from 'node:util';
import { listLastPlanned } from '../lib/desk/dispatch/decision-log-repository.ts';
import type { Ticket } from '../lib/desk/model.ts';
import { printTable } from './print-table.ts';
import { added, type Tally } from './world/count-calls.ts';
import { dispatchOnce, wake } from './world/dispatch.ts';
import { type BenchWorld, closeWorlds, openWorld, StillClock } from './world/open-world.ts';
import { dollarsOf } from './world/prices.ts';
import { freePlace, PER_EXECUTOR, seedBenchDesk as seed } from './world/seed-bench-desk.ts';
import { putAll, type Scene, ticketItems, ticketsOf } from './world/seed-desk.ts';

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

const perTicket = ({ tally, tickets }: Costs) => ({
  requests: (tally.dynamo + tally.sqs) / tickets,
  writeUnits: tally.writeUnits / tickets,
  dollars: dollarsOf(tally) / tickets,
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
