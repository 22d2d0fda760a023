import type { Ground } from './engine/run.ts';
import { floors } from './floors.ts';
import { openGround } from './ground.ts';
import { mutants } from './mutants/mutants.ts';
import { runSeed } from './run-seed.ts';

/** A deliberate fault must be seen within so many seeds. */
const MOST_SEEDS = 200;
const ACTIONS = 80;

let ground: Ground & { close(): Promise<void> };

beforeAll(async () => {
  ground = await openGround(floors.desk.plan);
}, 60_000);
afterAll(() => ground.close());

describe('a deliberate fault in the product is caught by the rule it breaks', () => {
  test.each(mutants)(
    '$rule: $name',
    async ({ rule, tampering, prompt, from = 1 }) => {
      const broken = async (seed: number): Promise<boolean> => {
        const options = { seed, actions: ACTIONS, tampering, untilBroken: rule, ...(prompt && { prompt }) };
        const { violations } = await runSeed(ground, options);
        return violations.some((violation) => violation.rule === rule);
      };
      const last = from + MOST_SEEDS - 1;
      let seed = from;
      while (seed <= last && !(await broken(seed))) seed += 1;
      expect(seed).toBeLessThanOrEqual(last);
    },
    600_000,
  );
});
