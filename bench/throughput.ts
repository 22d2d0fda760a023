/**
 * Assigned tickets per second end to end: wake-up in the queue → shipped handler → assigned, told and tidied up; against
 * the same store doing nothing but the same transactions, with the same parallelism, on a copy of the same desk. The two
 * take turns.
 * `npm run bench -- throughput [--executors 200] [--rounds 7]`
 */
import { parseArgs } from 'node:util';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { listLastPlanned } from '../lib/desk/dispatch/decision-log-repository.ts';
import { PARALLEL } from '../lib/desk/dispatch/dispatch-round.ts';
import type { Executor, Ticket } from '../lib/desk/model.ts';
import { systemClock } from '../lib/platform/clock.ts';
import type { Runtime } from '../lib/platform/runtime.ts';
import { printTable } from './print-table.ts';
import { dispatchOnce, wake } from './world/dispatch.ts';
import { type BenchWorld, closeWorlds, openWorld } from './world/open-world.ts';
import {
  executorItems,
  executorsOf,
  newDesk,
  putAll,
  type Scene,
  ticketItems,
  ticketsOf,
} from './world/seed-desk.ts';

const PER_EXECUTOR = 5;
const AIM = 0.7;

const { values } = parseArgs({
  options: { executors: { type: 'string', default: '200' }, rounds: { type: 'string', default: '7' } },
});
const EXECUTORS = Number(values.executors);

/** The same runtime, which also keeps each transaction it sends. */
const recording = (rt: Runtime): { rt: Runtime; sent: TransactWriteCommandInput[] } => {
  const sent: TransactWriteCommandInput[] = [];
  const dynamo = new Proxy(rt.dynamo, {
    get: (client, name) =>
      name === 'send'
        ? (command: Parameters<typeof client.send>[0]) => {
            if (command instanceof TransactWriteCommand) sent.push(command.input);
            return client.send(command);
          }
        : Reflect.get(client, name),
  });
  return { rt: { ...rt, dynamo }, sent };
};

/** The same desk in several worlds. */
const seed = async (worlds: readonly BenchWorld[]): Promise<Scene> => {
  const rt = (worlds[0] as BenchWorld).aside;
  const scene = await newDesk(rt);
  const people = executorsOf(rt, scene, { count: EXECUTORS });
  const tickets = ticketsOf(rt, scene, EXECUTORS * PER_EXECUTOR);
  for (const { aside } of worlds) {
    await putAll(aside, people.length, (index) => executorItems(rt, scene, people[index] as Executor));
    await putAll(aside, tickets.length, (index) => ticketItems(rt, scene, tickets[index] as Ticket));
  }
  return scene;
};

const endToEnd = async (world: BenchWorld, { deskId }: Scene) => {
  const { rt, sent } = recording(world.rt);
  await wake(world.aside, deskId);
  const begunMs = performance.now();
  await dispatchOnce({ rt });
  const tookMs = performance.now() - begunMs;
  const decisions = await listLastPlanned(world.aside, deskId, 1_000_000);
  return { tickets: decisions.reduce((sum, { tickets }) => sum + tickets.length, 0), tookMs, sent };
};

/** The transactions again, elsewhere; a token belongs to one request. */
const bare = async (
  world: BenchWorld,
  from: BenchWorld,
  sent: readonly TransactWriteCommandInput[],
): Promise<number> => {
  const there = (name?: string) =>
    [world.rt.env.TABLE_DESK, world.rt.env.TABLE_PLATFORM][
      [from.rt.env.TABLE_DESK, from.rt.env.TABLE_PLATFORM].indexOf(name)
    ];
  const moved = sent.map(({ TransactItems = [] }) =>
    TransactItems.map((item) =>
      Object.fromEntries(
        Object.entries(item).map(([kind, action]) => [
          kind,
          action && { ...action, TableName: there(action.TableName) },
        ]),
      ),
    ),
  ) as unknown as NonNullable<TransactWriteCommandInput['TransactItems']>[];
  let next = 0;
  const work = async () => {
    while (next < moved.length) {
      const TransactItems = moved[next];
      next += 1;
      await world.rt.dynamo.send(new TransactWriteCommand({ TransactItems }));
    }
  };
  const begunMs = performance.now();
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return performance.now() - begunMs;
};

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
const spread = (list: readonly number[], digits: number): string =>
  [Math.min(...list), median(list), Math.max(...list)].map((each) => each.toFixed(digits)).join(' / ');

try {
  const [one, other] = [await openWorld(systemClock), await openWorld(systemClock)];
  const rounds: { full: number; alone: number; ratio: number; transactions: number }[] = [];
  // The first round loads and warms what the others find loaded.
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    const scene = await seed([one, other]);
    const { tickets, tookMs, sent } = await endToEnd(one, scene);
    const aloneMs = await bare(other, one, sent);
    const [full, alone] = [(tickets / tookMs) * 1000, (tickets / aloneMs) * 1000];
    if (round > 0) rounds.push({ full, alone, ratio: full / alone, transactions: sent.length });
  }
  const ratio = median(rounds.map((each) => each.ratio));
  printTable([
    {
      executors: EXECUTORS,
      tickets: EXECUTORS * PER_EXECUTOR,
      transactions: rounds[0]?.transactions ?? 0,
      rounds: rounds.length,
      'tickets a second, min / median / max': spread(
        rounds.map((each) => each.full),
        0,
      ),
      'the transactions alone': spread(
        rounds.map((each) => each.alone),
        0,
      ),
      ratio: spread(
        rounds.map((each) => each.ratio),
        2,
      ),
      [`≥ ${AIM}`]: ratio >= AIM ? 'met' : 'missed',
    },
  ]);
} finally {
  await closeWorlds();
}
