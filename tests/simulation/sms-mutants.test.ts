import type { Ground } from './engine/run.ts';
import { floors } from './floors.ts';
import { openGround } from './ground.ts';
import { mutants } from './sms/mutants/mutants.ts';

const { plan, run } = floors.sms;
/** A deliberate fault must be seen within so many seeds. */
const MOST_SEEDS = 200;
const ACTIONS = 60;

let ground: Ground & { close(): Promise<void> };

beforeAll(async () => {
  ground = await openGround(plan);
}, 60_000);
afterAll(() => ground.close());

describe('a deliberate fault in codes and messages is caught by the rule it breaks', () => {
  test.each(mutants)(
    '$rule: $name',
    async ({ rule, tampering, from = 1 }) => {
      const broken = async (seed: number): Promise<boolean> => {
        const { violations } = await run(ground, { seed, actions: ACTIONS, tampering, untilBroken: rule });
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
