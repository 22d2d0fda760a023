import type { Ground, RunResult } from './engine/run.ts';
import { openGround } from './ground.ts';
import { SEEDS_OF_EACH, workloads } from './workloads.ts';

const { plan, run, faultKinds } = workloads.sms;
const SEEDS = SEEDS_OF_EACH;
const ACTIONS = 70;

let ground: Ground & { close(): Promise<void> };

beforeAll(async () => {
  ground = await openGround(plan);
});
afterAll(() => ground.close());

describe('codes and messages under seeded faults', () => {
  let results: RunResult[];

  beforeAll(async () => {
    results = [];
    for (let seed = 1; seed <= SEEDS; seed += 1) results.push(await run(ground, { seed, actions: ACTIONS }));
  });

  test('R-AUTH-01 R-AUTH-02 R-SMS-01 R-SMS-02 R-SMS-03 R-SMS-04 R-SMS-06 R-SMS-07 R-SMS-09 breaks no rule', () => {
    const broken = results.flatMap(({ seed, violations }) =>
      violations.map(({ at, rule, text }) => `seed ${seed} ${at} ${rule}: ${text}`),
    );
    expect(broken).toEqual([]);
  });

  test('meets every kind of fault', () => {
    const never = faultKinds.filter((kind) => results.every(({ faults }) => faults[kind] === 0));
    expect(never).toEqual([]);
  });

  test('lives a seed through again exactly as before, and another one otherwise', async () => {
    const again = await run(ground, { seed: 3, actions: ACTIONS });
    expect(again.hash).toBe(results[2]?.hash);
    expect(new Set(results.map(({ hash }) => hash)).size).toBe(SEEDS);
  });
});
