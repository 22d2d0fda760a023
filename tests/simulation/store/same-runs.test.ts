import type { Ground } from '../engine/run.ts';
import { openGround, type StoreName, storeNames } from '../ground.ts';
import { type WorkloadName, workloadNames, workloads } from '../workloads.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
/** Few: the embedded store takes its time, and most kinds of requests come within a dozen actions. */
const ACTIONS = 12;

const hashesOf = async (workload: WorkloadName, storeName: StoreName): Promise<string[]> => {
  const ground: Ground & { close(): Promise<void> } = await openGround(workloads[workload].plan, storeName);
  const hashes: string[] = [];
  for (const seed of SEEDS)
    hashes.push((await workloads[workload].run(ground, { seed, actions: ACTIONS })).hash);
  await ground.close();
  return hashes;
};

test.each(workloadNames)(
  'a seed is the same run of the %s over either store',
  async (workload) => {
    const [memory, embedded] = await Promise.all(storeNames.map((name) => hashesOf(workload, name)));
    expect(memory).toEqual(embedded);
  },
  300_000,
);
