import { Book } from './checks/book.ts';
import { CapsCheck } from './checks/caps.ts';
import { DeadlinesCheck } from './checks/deadlines.ts';
import { DecisionsCheck } from './checks/decisions.ts';
import { FailuresCheck } from './checks/failures.ts';
import { checkFence } from './checks/fence.ts';
import { checkHands, checkPlaces } from './checks/hands.ts';
import { checkQueues, checkStore, FactsCheck, queuesIdle } from './checks/leftovers.ts';
import { MessagesCheck } from './checks/messages.ts';
import type { Handler } from './engine/cloud.ts';
import type { Store } from './engine/store.ts';
import { createTables, dropTables } from './engine/tables.ts';
import type { Topology } from './engine/topology.ts';
import { createWorld, type Tampering, type Violation, type World } from './engine/world.ts';
import type { FaultCounts } from './faults/fault-plan.ts';
import { createPeople, type Person } from './floor/api.ts';
import { runClient } from './floor/client.ts';
import { runExecutor } from './floor/executor.ts';
import { drawScenario, type Floor } from './floor/floor.ts';
import { runManager } from './floor/manager.ts';
import { runSchedules } from './floor/schedules.ts';
import { MAIN_DESK, PARKED_CLOSE_SEC, staleAfterMs } from './product.ts';

export interface RunOptions {
  readonly seed: number;
  /** Actions of clients, executors and managers. */
  readonly actions: number;
  readonly tampering?: Tampering;
  readonly echo?: (line: string) => void;
  /** The run ends as soon as this rule is broken. */
  readonly untilBroken?: string;
  /** Only faults that excuse no lateness, whatever the seed says. */
  readonly prompt?: boolean;
}

/** What a process keeps from run to run. */
export interface Ground {
  readonly store: Store;
  readonly topology: Topology;
  readonly handlers: ReadonlyMap<string, Handler>;
}

export interface RunResult {
  readonly seed: number;
  readonly actions: number;
  /** Requests to the store and the queues. */
  readonly requests: number;
  readonly virtualSec: number;
  readonly faults: FaultCounts;
  readonly violations: readonly Violation[];
  /** Of everything that happened: two runs of one seed have the same. */
  readonly hash: string;
}

interface Checks {
  readonly messages: MessagesCheck;
  readonly deadlines: DeadlinesCheck;
  readonly facts: FactsCheck;
  readonly failures: FailuresCheck;
  readonly book: Book;
}

const MINUTE_MS = 60_000;
const LONGEST_MS = 90 * MINUTE_MS;

const watch = (world: World): Checks => {
  const book = new Book();
  checkHands(world, book);
  checkFence(world, book);
  const failures = new FailuresCheck(world);
  const decisions = new DecisionsCheck(world, book);
  const caps = new CapsCheck(world, book);
  const messages = new MessagesCheck(world, book);
  const facts = new FactsCheck(world, book);
  world.watchers.push(book, caps, decisions, failures);
  return { messages, facts, failures, book, deadlines: new DeadlinesCheck(world, book) };
};

/** Time goes on until the work is done; a run that never comes to rest is a violation itself. */
const until = async (world: World, done: () => boolean, what: string): Promise<void> => {
  const untilMs = world.timeline.nowMs() + LONGEST_MS;
  await world.timeline.run(untilMs, done);
  if (!done() && !world.timeline.halted())
    world.report('rest', `${what} took longer than ${LONGEST_MS / MINUTE_MS} minutes`);
};

const finished = async (world: World, work: Promise<unknown>, what: string): Promise<void> => {
  let over = false;
  let failure: unknown;
  work.then(
    () => {
      over = true;
    },
    (error: unknown) => {
      failure = error;
      over = true;
    },
  );
  await until(world, () => over, what);
  if (failure) world.report('rest', `${what}: ${String(failure)}`);
};

/** Nothing is under way and nothing is left to do but to wait. */
const atRest = (world: World): boolean => world.cloud.running === 0 && queuesIdle(world);

/** At rest for a while: longer than any way of a request, so that nothing is just between two places. */
const comeToRest = async (world: World, atLeastMs: number, what: string): Promise<void> => {
  const fromMs = world.timeline.nowMs() + atLeastMs;
  await until(world, () => world.timeline.nowMs() >= fromMs && atRest(world), what);
};

const setUp = async (floor: Floor, manager: Person): Promise<void> => {
  const { scenario } = floor;
  const limits = await manager.insist('GET /v1/limits');
  await manager.insist('PUT /v1/limits', { ifMatch: limits.etag ?? '', body: { values: scenario.limits } });
  const desk = await manager.insist('POST /v1/desks', {
    key: 'second-desk',
    body: { name: 'Second desk', timeZone: 'Europe/Berlin' },
  });
  floor.deskIds.push(desk.body.deskId);
  for (const [index, { id }] of floor.executors.entries()) {
    const homeDeskId = index % 3 === 2 ? desk.body.deskId : MAIN_DESK;
    await manager.insist(`PUT /v1/executors/${id}`, { body: { name: 'Executor', homeDeskId } });
  }
};

const personId = (kind: string, index: number): string =>
  `usr_00000000-0000-7000-8${kind}00-${String(index + 1).padStart(12, '0')}`;

const openFloor = (world: World, checks: Checks, actions: number): { floor: Floor; manager: Person } => {
  const scenario = drawScenario(world.random.fork('scenario'));
  const people = createPeople(world, checks.failures);
  const many = (count: number, make: (index: number) => Person) =>
    Array.from({ length: count }, (_, i) => make(i));
  const floor: Floor = {
    ...{ world, book: checks.book, messages: checks.messages, scenario, deskIds: [] },
    executors: many(scenario.executors, (index) => people(personId('e', index), 'executor')),
    clients: many(scenario.clients, (index) => people(personId('c', index), 'client')),
    actionsLeft: actions,
    silent: false,
  };
  return { floor, manager: people(personId('a', 0), 'manager') };
};

const live = async (world: World, checks: Checks, actions: number): Promise<void> => {
  const { timeline, faults } = world;
  const { floor, manager } = openFloor(world, checks, actions);
  await finished(world, setUp(floor, manager), 'the setting up');
  const schedules = runSchedules(world);
  faults.start();
  const work = Promise.all([
    ...floor.clients.map((client) => runClient(floor, client)),
    ...floor.executors.map((executor) => runExecutor(floor, executor)),
    runManager(floor, manager),
  ]);
  await until(world, () => floor.actionsLeft <= 0, 'the work');
  faults.stop();
  await finished(world, work, 'the answers');
  await comeToRest(world, MINUTE_MS, 'the settling');
  checkQueues(world);
  for (const queue of world.queues.values()) queue.redrive();
  await comeToRest(world, 0, 'the dead letters');
  checks.deadlines.rest();

  // Everybody drops out: what they held must come back to the line, and its waits run out.
  floor.silent = true;
  const { limits } = scenarioLimits(floor);
  const leftMs = staleAfterMs(limits) + limits.maxReconnectWaitSec * 1000;
  await comeToRest(world, leftMs + 2 * limits.maxWaitSec * 1000 + MINUTE_MS, 'the leaving');
  checks.deadlines.rest();
  if (floor.scenario.dayAfter) {
    const nextDayMs = timeline.nowMs() + (PARKED_CLOSE_SEC * 1000 - 30 * MINUTE_MS);
    schedules.pauseUntil(nextDayMs);
    await timeline.run(nextDayMs);
    await comeToRest(world, 35 * MINUTE_MS, 'the day after');
    checks.deadlines.rest();
  }
};

/** What must be so when all is over. */
const judge = async (world: World, { book, messages, facts }: Checks): Promise<void> => {
  checkPlaces(world, book);
  checkQueues(world);
  messages.finish();
  facts.finish();
  await checkStore(world);
};

/** The longest of every desk's limits of now. */
const scenarioLimits = ({ book, deskIds }: Floor) => {
  const all = [MAIN_DESK, ...deskIds].map((deskId) => book.limits(deskId));
  const longest = (name: 'maxWaitSec' | 'maxReconnectWaitSec' | 'maxUrgentWaitSec') =>
    Math.max(...all.map((limits) => limits[name]));
  const [first] = all;
  if (!first) throw new Error('there is no desk');
  return {
    limits: {
      ...first,
      maxWaitSec: Math.max(longest('maxWaitSec'), longest('maxUrgentWaitSec')),
      maxReconnectWaitSec: longest('maxReconnectWaitSec'),
    },
  };
};

let runs = 0;

/** Lives one seed through, from an empty desk to a quiet one, and judges it. */
export const runSeed = async (ground: Ground, options: RunOptions): Promise<RunResult> => {
  const { actions, ...more } = options;
  const { seed } = options;
  const stage = `s${process.pid}x${runs++}`;
  await createTables(ground.store, stage, ground.topology.tables);
  const world = createWorld({ ...ground, ...more, stage });
  const startMs = world.timeline.nowMs();
  try {
    const checks = watch(world);
    await live(world, checks, actions);
    if (!world.timeline.halted()) await judge(world, checks);
  } finally {
    await dropTables(ground.store, stage, ground.topology.tables);
  }
  const { trace, faults, gate, timeline, violations } = world;
  return {
    ...{ seed, actions, requests: gate.calls, faults: faults.counts, violations },
    virtualSec: (timeline.nowMs() - startMs) / 1000,
    hash: trace.hash(),
  };
};
