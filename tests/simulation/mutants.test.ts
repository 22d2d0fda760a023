import type { Ground } from './engine/run.ts';
import { openGround } from './ground.ts';
import { allMutants, MUTANT_ACTIONS } from './mutants/all-mutants.ts';
import { seedThatShows } from './mutants/seed-that-shows.ts';
import { workloads } from './workloads.ts';

let ground: Ground & { close(): Promise<void> };

beforeAll(async () => {
  ground = await openGround(workloads.desk.plan);
});
afterAll(() => ground.close());

describe('a deliberate fault in the product is caught by the rule it breaks', () => {
  test.each(allMutants.desk)('$rule: $name', async (mutant) => {
    expect(await seedThatShows('desk', ground, mutant, MUTANT_ACTIONS.desk)).toBeDefined();
  });
});
