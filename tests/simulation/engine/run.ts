import type { FaultCounts } from '../faults/fault-plan.ts';
import type { Handler } from './cloud.ts';
import type { Store } from './store/store.ts';
import { createTables, dropTables } from './tables.ts';
import type { Topology } from './topology.ts';
import { createWorld, type Tampering, type Violation, type World, type WorldOptions } from './world.ts';

export interface RunOptions {
  readonly seed: number;
  /** Actions of people. */
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

export type RunSeed = (ground: Ground, options: RunOptions) => Promise<RunResult>;

let runs = 0;

/** Makes a world of an empty store, lets `live` go on in it, and tells what came of it. */
export const runWorld = async (
  ground: Ground,
  options: RunOptions & Pick<WorldOptions, 'startMs' | 'ownFaults' | 'env' | 'warm' | 'outside'>,
  live: (world: World) => Promise<void>,
): Promise<RunResult> => {
  const { actions, ...more } = options;
  const { seed } = options;
  const stage = `s${process.pid}x${runs++}`;
  await createTables(ground.store, stage, ground.topology.tables);
  const world = createWorld({ ...ground, ...more, stage });
  const startMs = world.timeline.nowMs();
  try {
    await live(world);
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
