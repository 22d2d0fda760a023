/**
 * `npm run simulate:mutants [-- --module desk --seeds 25]`: finds for each deliberate fault the seed that shows it with the
 * fewest requests, and keeps them in seeds.json, where the tests begin. Exits with 1 when one is not shown at all.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openGround } from '../ground.ts';
import { type WorkloadName, workloadNames, workloads } from '../workloads.ts';
import { allMutants, MUTANT_ACTIONS } from './all-mutants.ts';
import type { Mutant } from './mutants.ts';
import { MOST_SEEDS, SEEDS_FILE, type Seeds, showing } from './seed-that-shows.ts';

const { values } = parseArgs({
  options: { module: { type: 'string' }, seeds: { type: 'string', default: '25' } },
});

// A run ends as soon as its rule is broken, and leaves people who wait for answers that never come: no word of them.
process.on('unhandledRejection', () => {});
process.removeAllListeners('warning');

type Ground = Awaited<ReturnType<typeof openGround>>;

const soonest = async (
  workload: WorkloadName,
  ground: Ground,
  mutant: Mutant,
): Promise<number | undefined> => {
  let best: Awaited<ReturnType<typeof showing>>;
  for (let seed = 1; seed <= Number(values.seeds) || (!best && seed <= MOST_SEEDS); seed += 1) {
    const shown = await showing(workload, ground, mutant, { seed, actions: MUTANT_ACTIONS[workload] });
    if (shown && shown.requests < (best?.requests ?? Number.POSITIVE_INFINITY)) best = shown;
  }
  console.log(
    `${workload}: ${mutant.name}: ${best ? `seed ${best.seed}, ${best.requests} requests` : 'not shown'}`,
  );
  return best?.seed;
};

const found: Record<string, Record<string, number>> = JSON.parse(readFileSync(SEEDS_FILE, 'utf8'));
for (const workload of workloadNames.filter(
  (name) => values.module === undefined || name === values.module,
)) {
  const ground = await openGround(workloads[workload].plan);
  const seeds: Record<string, number> = {};
  for (const mutant of allMutants[workload]) {
    const seed = await soonest(workload, ground, mutant);
    if (seed === undefined) process.exitCode = 1;
    else seeds[mutant.name] = seed;
  }
  await ground.close();
  found[workload] = seeds;
}
writeFileSync(SEEDS_FILE, `${JSON.stringify(found satisfies Seeds, null, 2)}\n`);
