import { strength } from '../support/strength.ts';
import type { RunSeed } from './engine/run.ts';
import type { WorkloadPlan } from './engine/topology.ts';
import { awsFaults, type FaultKind, providerFaults } from './faults/fault-plan.ts';
import { runSeed } from './run-seed.ts';
import { runSmsSeed } from './sms/run-sms-seed.ts';

/** A part of the product that is lived through by itself, so that the seeds of one cost nothing of another. */
export interface WorkloadKind {
  readonly plan: WorkloadPlan;
  readonly run: RunSeed;
  /** Kinds that must strike over a run of many seeds. */
  readonly faultKinds: readonly FaultKind[];
  /** Actions of people in each run, unless somebody says otherwise. */
  readonly actions: number;
}

export const workloadNames = ['desk', 'sms'] as const;
export type WorkloadName = (typeof workloadNames)[number];

/** All workloads share what a test run lives through: one more takes of the others' seeds and adds no time. */
const SEEDS_OF_ALL = strength(40, 400);
export const SEEDS_OF_EACH = Math.ceil(SEEDS_OF_ALL / workloadNames.length);

export const workloads: Readonly<Record<WorkloadName, WorkloadKind>> = {
  desk: {
    plan: { modules: ['desk', 'audit'], functions: ['platform-sweep-outbox'] },
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
