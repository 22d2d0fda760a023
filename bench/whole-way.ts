/**
 * What a ticket costs from the client's POST to an executor's hand: the shipped use case and handlers, with the poller's
 * own requests, step by step; and the same way by transactions written by hand, in turns.
 * `npm run bench -- whole-way [--samples 100] [--modes single,line,burst] [--calls]`
 */
import { parseArgs } from 'node:util';
import { MAIN_DESK } from '../lib/desk/model.ts';
import { printTable } from './print-table.ts';
import { ByHand } from './world/by-hand.ts';
import { added, type Tally } from './world/count-calls.ts';
import { dispatchOnce, wake } from './world/dispatch.ts';
import { type BenchWorld, closeWorlds, openWorld, StillClock } from './world/open-world.ts';
import { dollarsOf } from './world/prices.ts';
import { freePlace, PER_EXECUTOR, seedBenchDesk } from './world/seed-bench-desk.ts';
import { type Steps, stepper } from './world/steps.ts';

/** A process that opens tickets takes their numbers by the hundred: one request and one unit in a hundred tickets beside the whole numbers. */
const AIM = { writeUnits: 37.01, readUnits: 20, dynamo: 15.01, sqs: 8, perMillion: 29, burst: 28 };
const REACHED = 400;
/** Not measured: the first of everything is compiled and loaded. */
const WARM = 10;

interface Cell {
  readonly mode: 'one at a time' | 'a line, nobody with room' | 'five each at once';
  readonly executors: number;
  readonly inLine: number;
  readonly inHand: number;
}

interface Measured extends Cell {
  readonly tickets: number;
  readonly steps: Steps;
  readonly cpuSec: number;
}

const LIMITS = { maxTicketsPerExecutor: 200, maxUrgentTicketsPerExecutor: 200 };

const seeded = (world: BenchWorld, cell: Cell, full: boolean) =>
  seedBenchDesk(world, {
    executors: cell.executors,
    tickets: cell.inLine,
    open: full ? PER_EXECUTOR : cell.inHand,
    reached: REACHED,
    deskId: MAIN_DESK,
    ...(cell.mode === 'one at a time' && { limits: LIMITS }),
  });

/** Each on its own, everybody with room: one message, all that follows from it, then the next. */
const oneAtATime = async (world: BenchWorld<StillClock>, cell: Cell, samples: number): Promise<Measured> => {
  await seeded(world, cell, false);
  const run = stepper(world);
  for (let sample = -WARM; sample < samples; sample += 1) {
    if (sample === 0) run.reset();
    await run.accept();
    for (const name of ['open', 'dispatch', 'journal'] as const) await run.through(name);
    world.clock.move(1000);
  }
  return { ...cell, tickets: samples, ...run.result() };
};

/** Everybody is full and many wait: the new ticket's own run finds nobody, and a place that becomes free takes the first in line. */
const intoALine = async (world: BenchWorld<StillClock>, cell: Cell, samples: number): Promise<Measured> => {
  const { scene, people } = await seeded(world, cell, true);
  const run = stepper(world);
  for (let sample = -WARM; sample < samples; sample += 1) {
    if (sample === 0) run.reset();
    await run.accept();
    await run.through('open');
    await run.through('dispatch');
    await freePlace(world, scene, people[(sample + WARM) % Math.min(people.length, REACHED)]);
    await wake(world.aside, scene.deskId);
    await run.step('dispatch', () => dispatchOnce(world));
    await run.through('journal');
    world.clock.move(1000);
  }
  return { ...cell, tickets: samples, ...run.result() };
};

/** As many messages as everybody has room for, each of another client: all accepted, then all opened, then dispatched. */
const fiveEach = async (world: BenchWorld<StillClock>, cell: Cell): Promise<Measured> => {
  await seeded(world, cell, false);
  const run = stepper(world);
  const tickets = cell.executors * PER_EXECUTOR;
  for (let index = 0; index < tickets; index += 1) await run.accept();
  for (const name of ['open', 'dispatch', 'journal'] as const) await run.through(name);
  return { ...cell, tickets, ...run.result() };
};

const measure = async (cell: Cell, samples: number): Promise<Measured> => {
  const world = await openWorld(new StillClock());
  if (cell.mode === 'one at a time') return oneAtATime(world, cell, samples);
  return cell.mode === 'five each at once' ? fiveEach(world, cell) : intoALine(world, cell, samples);
};

interface Reference {
  readonly tally: Tally;
  readonly tickets: number;
  readonly cpuSec: number;
}

/** The way by hand, one at a time or five to an executor. */
const byHand = async (share: number, samples: number): Promise<Reference> => {
  const { rt, counter } = await openWorld(new StillClock());
  const hand = new ByHand(rt);
  await hand.seed(10);
  const round = async () => {
    for (let index = 0; index < share; index += 1) await hand.accept();
    await hand.open();
    await hand.dispatch(share);
  };
  for (let index = 0; index < WARM; index += 1) await round();
  counter.take();
  const before = process.cpuUsage();
  for (let index = 0; index < samples; index += share) await round();
  const { user, system } = process.cpuUsage(before);
  return {
    tally: counter.take(),
    tickets: Math.ceil(samples / share) * share,
    cpuSec: (user + system) / 1e6,
  };
};

const sum = ({ steps }: Measured): Tally => Object.values(steps).reduce(added);

const figures = (tally: Tally, tickets: number) => ({
  'write units': (tally.writeUnits / tickets).toFixed(2),
  'read units': (tally.readUnits / tickets).toFixed(2),
  'requests to the store': (tally.dynamo / tickets).toFixed(2),
  'SQS requests': (tally.sqs / tickets).toFixed(2),
  '$ a million': ((dollarsOf(tally) / tickets) * 1e6).toFixed(1),
});

const verdict = (each: Measured): string => {
  const { writeUnits, readUnits, dynamo, sqs } = sum(each);
  const of = (all: number) => all / each.tickets;
  if (each.mode === 'five each at once') return of(writeUnits) <= AIM.burst ? 'met' : 'missed';
  if (each.mode !== 'one at a time') return '';
  const met =
    of(writeUnits) <= AIM.writeUnits &&
    of(readUnits) <= AIM.readUnits &&
    of(dynamo) <= AIM.dynamo &&
    of(sqs) <= AIM.sqs &&
    of(dollarsOf(sum(each))) * 1e6 <= AIM.perMillion;
  return met ? 'met' : 'missed';
};

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '100' },
    modes: { type: 'string', default: 'single,line,burst' },
    calls: { type: 'boolean', default: false },
  },
});
const samples = Number(values.samples);
const cells: Readonly<Record<string, readonly Cell[]>> = {
  single: [
    { mode: 'one at a time', executors: 10, inLine: 0, inHand: 0 },
    { mode: 'one at a time', executors: 100, inLine: 0, inHand: 0 },
    { mode: 'one at a time', executors: 10_000, inLine: 0, inHand: 0 },
    { mode: 'one at a time', executors: 100, inLine: 0, inHand: 50 },
  ],
  line: [
    { mode: 'a line, nobody with room', executors: 100, inLine: 1, inHand: PER_EXECUTOR },
    { mode: 'a line, nobody with room', executors: 100, inLine: 10_000, inHand: PER_EXECUTOR },
  ],
  burst: [
    { mode: 'five each at once', executors: 10, inLine: 0, inHand: 0 },
    { mode: 'five each at once', executors: 100, inLine: 0, inHand: 0 },
  ],
};

try {
  const all: Measured[] = [];
  for (const mode of values.modes.split(',')) {
    for (const cell of cells[mode] ?? []) {
      all.push(await measure(cell, samples));
      if (values.calls) console.log(cell, all.at(-1)?.steps);
    }
  }
  const single = all.find(({ mode, executors }) => mode === 'one at a time' && executors === 100);
  if (single) {
    const steps = Object.entries(single.steps).map(([step, tally]) => ({
      step,
      ...figures(tally, single.tickets),
    }));
    printTable([...steps, { step: 'in all', ...figures(sum(single), single.tickets) }]);
  }
  const hand = { single: await byHand(1, samples), burst: await byHand(PER_EXECUTOR, samples) };
  const cpu = ({ cpuSec, tickets }: Pick<Measured, 'cpuSec' | 'tickets'>) => (cpuSec / tickets) * 1000;
  const reference = (each: Measured) => (each.mode === 'five each at once' ? hand.burst : hand.single);
  printTable([
    ...all.map((each) => ({
      way: each.mode,
      executors: each.executors,
      'in line': each.inLine,
      'in each hand': each.inHand,
      ...figures(sum(each), each.tickets),
      aim: verdict(each),
      'CPU s per 1 000': cpu(each).toFixed(1),
      'against by hand': (cpu(each) / cpu(reference(each))).toFixed(2),
    })),
    ...(['single', 'burst'] as const).map((mode) => ({
      way: `by hand, ${mode === 'single' ? 'one at a time' : 'five each'}`,
      executors: 10,
      'in line': 0,
      'in each hand': 0,
      ...figures(hand[mode].tally, hand[mode].tickets),
      aim: '',
      'CPU s per 1 000': cpu(hand[mode]).toFixed(1),
      'against by hand': 1,
    })),
  ]);
} finally {
  await closeWorlds();
}
