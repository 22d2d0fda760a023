import type { MessagesCheck } from '../checks/messages.ts';
import type { Model } from '../checks/model.ts';
import type { Random } from '../engine/random.ts';
import type { World } from '../engine/world.ts';
import type { LimitValues, Ticket } from '../product.ts';
import type { ApiUser } from './api.ts';

/** The shape of one run, drawn from its seed. */
export interface Scenario {
  readonly clients: number;
  readonly executors: number;
  readonly limits: Pick<
    LimitValues,
    | 'maxTicketsPerExecutor'
    | 'maxUrgentTicketsPerExecutor'
    | 'maxWaitSec'
    | 'maxUrgentWaitSec'
    | 'maxReconnectWaitSec'
    | 'heartbeatPeriodSec'
    | 'missedHeartbeats'
  >;
  /** How long people think between two actions, on average. */
  readonly thinkMs: number;
  /** Every so often everybody who can acts in the same moment. */
  readonly rushMs: number;
  /** How close together: at once, or so that one's doing meets what followed from another's. */
  readonly rushSpreadMs: number;
  /** In this run the day after is looked at too, when parked tickets close themselves. */
  readonly dayAfter: boolean;
}

export const drawScenario = (random: Random): Scenario => {
  const cap = random.int(1, 4);
  return {
    clients: random.int(2, 7),
    executors: random.int(2, 6),
    limits: {
      maxTicketsPerExecutor: cap,
      maxUrgentTicketsPerExecutor: random.int(1, cap),
      maxWaitSec: random.int(15, 90),
      maxUrgentWaitSec: random.int(10, 45),
      maxReconnectWaitSec: random.int(15, 60),
      heartbeatPeriodSec: random.int(12, 25),
      missedHeartbeats: random.int(2, 3),
    },
    thinkMs: random.pick([700, 2000, 5000, 12_000]),
    rushMs: random.pick([3000, 10_000, 30_000]),
    rushSpreadMs: random.pick([25, 120, 400]),
    dayAfter: random.chance(0.15),
  };
};

/** Everything that people on the workload share. */
export interface Workload {
  readonly world: World;
  readonly model: Model;
  readonly messages: MessagesCheck;
  readonly scenario: Scenario;
  readonly executors: ApiUser[];
  readonly clients: ApiUser[];
  /** Beside `main`. */
  readonly deskIds: string[];
  /** Actions that are left to be done in this run. */
  actionsLeft: number;
  /** Nobody sends heartbeats any more. */
  silent: boolean;
}

const RUSH_SHARE = 0.5;

/** Thinks for a while, or until the next rush; false when the run's actions are used up. */
export const mayAct = async (workload: Workload, random: Random, pace = 1): Promise<boolean> => {
  const { world, scenario } = workload;
  const nowMs = world.timeline.nowMs();
  const rushes = random.chance(RUSH_SHARE);
  const toRushMs = scenario.rushMs - (nowMs % scenario.rushMs) + random.int(0, scenario.rushSpreadMs);
  const thinkMs = Math.min(60_000, -Math.log(1 - random.next()) * scenario.thinkMs * pace);
  await world.timeline.sleep(rushes ? toRushMs : thinkMs);
  if (workload.actionsLeft <= 0) return false;
  workload.actionsLeft -= 1;
  return true;
};

const HOT_SHARE = 0.5;

/** Often the one that everybody is at: what changed last. */
export const pickTicket = (random: Random, tickets: readonly Ticket[]): Ticket | undefined => {
  if (tickets.length === 0) return undefined;
  return random.chance(HOT_SHARE) ? tickets.at(-1) : random.pick(tickets);
};

/** One of several things to do, each with its weight. */
export type Choice = readonly [weight: number, act: () => Promise<unknown>];

export const choose = (random: Random, choices: readonly Choice[]): Promise<unknown> => {
  const sum = choices.reduce((total, [weight]) => total + weight, 0);
  let left = random.next() * sum;
  for (const [weight, act] of choices) {
    left -= weight;
    if (left < 0) return act();
  }
  return Promise.resolve();
};
