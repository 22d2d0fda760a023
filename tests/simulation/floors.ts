import { strength } from '../support/strength.ts';
import type { RunSeed } from './engine/run.ts';
import type { FloorPlan } from './engine/topology.ts';
import { awsFaults, type FaultKind, providerFaults } from './faults/fault-plan.ts';
import { runSeed } from './run-seed.ts';
import { runSmsSeed } from './sms/run-sms-seed.ts';

/** A part of the product that is lived through by itself, so that the seeds of one cost nothing of another. */
export interface FloorKind {
  readonly plan: FloorPlan;
  readonly run: RunSeed;
  /** Kinds that must strike over a run of many seeds. */
  readonly faultKinds: readonly FaultKind[];
  /** Actions of people in each run, unless somebody says otherwise. */
  readonly actions: number;
}

export const floorNames = ['desk', 'sms'] as const;
export type FloorName = (typeof floorNames)[number];

/** All floors share what a test run lives through: one more takes of the others' seeds and adds no time. */
const SEEDS_OF_ALL = strength(40, 400);
export const SEEDS_OF_EACH = Math.ceil(SEEDS_OF_ALL / floorNames.length);

export const floors: Readonly<Record<FloorName, FloorKind>> = {
  desk: {
    plan: { modules: ['desk', 'admin'], functions: ['platform-sweep-outbox'] },
    run: runSeed,
    faultKinds: awsFaults,
    actions: 80,
  },
  sms: {
    plan: { modules: ['identity', 'sms', 'webhooks'], functions: ['platform-sweep-outbox'] },
    run: runSmsSeed,
    faultKinds: [...awsFaults, ...providerFaults],
    actions: 80,
  },
};
