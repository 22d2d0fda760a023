import { CapsCheck } from './checks/caps.ts';
import { checkCards } from './checks/cards.ts';
import { DeadlinesCheck } from './checks/deadlines.ts';
import { DecisionsCheck } from './checks/decisions.ts';
import { FailuresCheck } from './checks/failures.ts';
import { checkFence } from './checks/fence.ts';
import { checkHands, checkPlaces } from './checks/hands.ts';
import { checkQueues, checkStore, FactsCheck } from './checks/leftovers.ts';
import { MessagesCheck } from './checks/messages.ts';
import { Model } from './checks/model.ts';
import { comeToRest, finished, until } from './engine/rest.ts';
import { type RunSeed, runWorld } from './engine/run.ts';
import { tableOf } from './engine/tables.ts';
import type { World } from './engine/world.ts';
import { limitSettings, MAIN_DESK, staleAfterMs } from './product.ts';
import { type ApiUser, createUsers } from './workload/api.ts';
import { runClient } from './workload/client.ts';
import { runExecutor } from './workload/executor.ts';
import { runManager } from './workload/manager.ts';
import { runSchedules } from './workload/schedules.ts';
import { drawScenario, type Workload } from './workload/workload.ts';

interface Checks {
  readonly messages: MessagesCheck;
  readonly deadlines: DeadlinesCheck;
  readonly facts: FactsCheck;
  readonly model: Model;
}

const MINUTE_MS = 60_000;

const watch = (world: World): Checks => {
  const model = new Model();
  checkHands(world, model);
  checkFence(world, model);
  const failures = new FailuresCheck(world);
  const decisions = new DecisionsCheck(world, model);
  const caps = new CapsCheck(world, model);
  const messages = new MessagesCheck(world, model);
  const facts = new FactsCheck(world, model);
  world.watchers.push(model, caps, decisions, failures);
  return { messages, facts, model, deadlines: new DeadlinesCheck(world, model) };
};

/** As identity would have told the desk: it is no part of this workload. Before the run: the store's own time is not the run's. */
const accountOf = async (world: World, userId: string): Promise<void> => {
  const input = {
    TableName: tableOf(world.stage, 'desk'),
    Item: {
      ...{ pk: `PERSON#${userId}`, sk: 'PERSON', userId, phone: '+79161234567' },
      ...{ emailState: 'none', locale: 'en', roles: ['executor'], locked: false, version: 1 },
    },
  };
  await world.store.send('PutItem', input);
  world.ledger.apply('PutItem', input);
};

const setUp = async (workload: Workload, manager: ApiUser): Promise<void> => {
  const { scenario } = workload;
  const limits = await manager.insist('GET /v1/limits');
  await manager.insist('PATCH /v1/limits', { ifMatch: limits.etag ?? '', body: { values: scenario.limits } });
  const desk = await manager.insist('POST /v1/desks', {
    key: 'second-desk',
    body: { name: 'Second desk', timeZone: 'Europe/Berlin' },
  });
  workload.deskIds.push(desk.body.deskId);
  for (const [index, { id }] of workload.executors.entries()) {
    const homeDeskId = index % 3 === 2 ? desk.body.deskId : MAIN_DESK;
    await manager.insist(`PUT /v1/executors/${id}`, { body: { name: 'Executor', homeDeskId } });
  }
};

const userId = (kind: string, index: number): string =>
  `usr_00000000-0000-7000-8${kind}00-${String(index + 1).padStart(12, '0')}`;

const openWorkload = (
  world: World,
  checks: Checks,
  actions: number,
): { workload: Workload; manager: ApiUser } => {
  const scenario = drawScenario(world.random.fork('scenario'));
  const people = createUsers(world);
  const many = (count: number, make: (index: number) => ApiUser) =>
    Array.from({ length: count }, (_, i) => make(i));
  const workload: Workload = {
    ...{ world, model: checks.model, messages: checks.messages, scenario, deskIds: [] },
    executors: many(scenario.executors, (index) => people(userId('e', index), 'executor')),
    clients: many(scenario.clients, (index) => people(userId('c', index), 'client')),
    actionsLeft: actions,
    silent: false,
  };
  return { workload, manager: people(userId('a', 0), 'manager') };
};

/** Within this the outbox's sweep has sent what a function did not: it comes each minute, and leaves rows of the last ten seconds. */
const SWEPT_MS = MINUTE_MS + 15_000;

const live = async (world: World, checks: Checks, actions: number): Promise<void> => {
  const { timeline, faults } = world;
  const { workload, manager } = openWorkload(world, checks, actions);
  for (const { id } of workload.executors) await accountOf(world, id);
  await finished(world, setUp(workload, manager), 'the setting up');
  const schedules = runSchedules(world);
  faults.start();
  const work = Promise.all([
    ...workload.clients.map((client) => runClient(workload, client)),
    ...workload.executors.map((executor) => runExecutor(workload, executor)),
    runManager(workload, manager),
  ]);
  await until(world, () => workload.actionsLeft <= 0, 'the work');
  faults.stop();
  await finished(world, work, 'the answers');
  await comeToRest(world, SWEPT_MS, 'the settling');
  checkQueues(world);
  for (const queue of world.queues.values()) queue.redrive();
  await comeToRest(world, 0, 'the dead letters');
  checks.deadlines.rest();

  // Everybody drops out: what they held must come back to the line, and its waits run out.
  workload.silent = true;
  const { limits } = scenarioLimits(workload);
  const leftMs = staleAfterMs(limits) + limits.maxReconnectWaitSec * 1000;
  await comeToRest(world, leftMs + 2 * limits.maxWaitSec * 1000 + MINUTE_MS, 'the leaving');
  checks.deadlines.rest();
  if (workload.scenario.dayAfter) {
    const nextDayMs =
      timeline.nowMs() + (limitSettings.settings.closeUnansweredSec.initial * 1000 - 30 * MINUTE_MS);
    schedules.pauseUntil(nextDayMs);
    await timeline.run(nextDayMs);
    await comeToRest(world, 35 * MINUTE_MS, 'the day after');
    checks.deadlines.rest();
  }
};

/** What must be so when all is over. */
const checkAll = async (world: World, { model, messages, facts }: Checks): Promise<void> => {
  checkPlaces(world, model);
  checkQueues(world);
  messages.finish();
  facts.finish();
  checkCards(world, model);
  await checkStore(world);
};

/** The longest of every desk's limits of now. */
const scenarioLimits = ({ model, deskIds }: Workload) => {
  const all = [MAIN_DESK, ...deskIds].map((deskId) => model.limits(deskId));
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

/** Lives one seed through, from an empty desk to a quiet one, and checks it. */
export const runSeed: RunSeed = (ground, options) =>
  runWorld(ground, options, async (world) => {
    const checks = watch(world);
    await live(world, checks, options.actions);
    if (!world.timeline.halted()) await checkAll(world, checks);
  });
