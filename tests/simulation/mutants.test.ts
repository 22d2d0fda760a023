import type { Ground } from './engine/run.ts';
import { floors } from './floors.ts';
import { openGround } from './ground.ts';
import { mutants } from './mutants/mutants.ts';
import { seedThatShows } from './mutants/seed-that-shows.ts';

const ACTIONS = 80;

let ground: Ground & { close(): Promise<void> };

beforeAll(async () => {
  ground = await openGround(floors.desk.plan);
});
afterAll(() => ground.close());

describe('a deliberate fault in the product is caught by the rule it breaks', () => {
  test.each(mutants)('$rule: $name', async (mutant) => {
    expect(await seedThatShows(floors.desk, ground, mutant, ACTIONS)).toBeDefined();
  });
});
