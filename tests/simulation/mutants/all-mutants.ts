import { mutants as smsMutants } from '../sms/mutants/mutants.ts';
import type { WorkloadName } from '../workloads.ts';
import { mutants as deskMutants, type Mutant } from './mutants.ts';

export const allMutants: Readonly<Record<WorkloadName, readonly Mutant[]>> = {
  desk: deskMutants,
  sms: smsMutants,
};

/** Actions of people in each run: enough to show every mutant. */
export const MUTANT_ACTIONS: Readonly<Record<WorkloadName, number>> = { desk: 80, sms: 60 };
