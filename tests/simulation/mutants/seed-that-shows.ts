import type { Ground } from '../engine/run.ts';
import type { FloorKind } from '../floors.ts';
import type { Mutant } from './mutants.ts';

/** A deliberate fault must be seen within so many seeds. */
const MOST_SEEDS = 200;

/** The first seed in which the rule is broken that a deliberate fault is to break; undefined when none of so many does. */
export const seedThatShows = async (
  { run }: FloorKind,
  ground: Ground,
  { rule, tampering, prompt, from = 1 }: Mutant,
  actions: number,
): Promise<number | undefined> => {
  for (let seed = from; seed < from + MOST_SEEDS; seed += 1) {
    const options = { seed, actions, tampering, untilBroken: rule, ...(prompt && { prompt }) };
    const { violations } = await run(ground, options);
    if (violations.some((violation) => violation.rule === rule)) return seed;
  }
  return undefined;
};
