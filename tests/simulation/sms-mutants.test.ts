import type { Ground } from './engine/run.ts';
import { floors } from './floors.ts';
import { openGround } from './ground.ts';
import { seedThatShows } from './mutants/seed-that-shows.ts';
import { mutants } from './sms/mutants/mutants.ts';

const ACTIONS = 60;

let ground: Ground & { close(): Promise<void> };

beforeAll(async () => {
  ground = await openGround(floors.sms.plan);
});
afterAll(() => ground.close());

describe('a deliberate fault in codes and messages is caught by the rule it breaks', () => {
  test.each(mutants)('$rule: $name', async (mutant) => {
    expect(await seedThatShows(floors.sms, ground, mutant, ACTIONS)).toBeDefined();
  });
});
