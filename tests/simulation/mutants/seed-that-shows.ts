import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ground } from '../engine/run.ts';
import { type WorkloadName, workloads } from '../workloads.ts';
import type { Mutant } from './mutants.ts';

/** A deliberate fault must be seen within so many seeds. */
export const MOST_SEEDS = 200;

export type Seeds = Readonly<Partial<Record<WorkloadName, Readonly<Record<string, number>>>>>;
export const SEEDS_FILE = join(import.meta.dirname, 'seeds.json');

/**
 * The seed to begin with, for each mutant by its name: it showed it soonest when `npm run simulate:mutants` last looked. The
 * product goes on changing, and a seed may cease to show a mutant; then others are tried, which costs their time.
 */
const seeds = JSON.parse(readFileSync(SEEDS_FILE, 'utf8')) as Seeds;

interface Shown {
  readonly seed: number;
  /** To the store and the queues, until the rule was broken. */
  readonly requests: number;
}

/** What one seed shows of a mutant: undefined when its rule stays whole. */
export const showing = async (
  workload: WorkloadName,
  ground: Ground,
  { rule, tampering, prompt }: Mutant,
  { seed, actions }: { readonly seed: number; readonly actions: number },
): Promise<Shown | undefined> => {
  const options = { seed, actions, tampering, untilBroken: rule, ...(prompt && { prompt }) };
  const { violations, requests } = await workloads[workload].run(ground, options);
  return violations.some((violation) => violation.rule === rule) ? { seed, requests } : undefined;
};

/** A seed in which the rule is broken that a deliberate fault is to break; undefined when none of so many does. */
export const seedThatShows = async (
  workload: WorkloadName,
  ground: Ground,
  mutant: Mutant,
  actions: number,
): Promise<number | undefined> => {
  const first = seeds[workload]?.[mutant.name] ?? 1;
  for (const seed of new Set([first, ...Array.from({ length: MOST_SEEDS }, (_, index) => index + 1)])) {
    if (await showing(workload, ground, mutant, { seed, actions })) return seed;
  }
  return undefined;
};
