import type { Ground } from './engine/run.ts';
import { openGround } from './ground.ts';
import { allMutants, MUTANT_ACTIONS } from './mutants/all-mutants.ts';
import { seedThatShows } from './mutants/seed-that-shows.ts';
import { workloads } from './workloads.ts';

let ground: Ground & { close(): Promise<void> };

beforeAll(async () => {
  ground = await openGround(workloads.sms.plan);
});
afterAll(() => ground.close());

describe('a deliberate fault in codes and messages is caught by the rule it breaks', () => {
  test.each(allMutants.sms)('$rule: $name', async (mutant) => {
    expect(await seedThatShows('sms', ground, mutant, MUTANT_ACTIONS.sms)).toBeDefined();
  });
});
