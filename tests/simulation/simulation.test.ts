import type { Ground, RunResult } from './engine/run.ts';
import { awsFaults } from './faults/fault-plan.ts';
import { openGround } from './ground.ts';
import { runSeed } from './run-seed.ts';
import { SEEDS_OF_EACH, workloads } from './workloads.ts';

const SEEDS = SEEDS_OF_EACH;
/** From here so many seeds meet every kind of fault. */
const FIRST = 21;
const ACTIONS = 80;

let ground: Ground & { close(): Promise<void> };

beforeAll(async () => {
  ground = await openGround(workloads.desk.plan);
});
afterAll(() => ground.close());

describe('the desk under seeded faults', () => {
  let results: RunResult[];

  beforeAll(async () => {
    results = [];
    for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1)
      results.push(await runSeed(ground, { seed, actions: ACTIONS }));
  });

  test('R-DESK-02 R-DESK-05 R-DESK-06 R-DESK-07 R-DESK-08 R-DESK-12 breaks no rule', () => {
    const broken = results.flatMap(({ seed, violations }) =>
      violations.map(({ at, rule, text }) => `seed ${seed} ${at} ${rule}: ${text}`),
    );
    expect(broken).toEqual([]);
  });

  test('meets every kind of fault', () => {
    const never = awsFaults.filter((kind) => results.every(({ faults }) => faults[kind] === 0));
    expect(never).toEqual([]);
  });

  test('lives a seed through again exactly as before, and another one otherwise', async () => {
    const again = await runSeed(ground, { seed: FIRST + 2, actions: ACTIONS });
    expect(again.hash).toBe(results[2]?.hash);
    expect(new Set(results.map(({ hash }) => hash)).size).toBe(SEEDS);
  });
});
