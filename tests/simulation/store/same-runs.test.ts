import type { Ground } from '../engine/run.ts';
import { type FloorName, floorNames, floors } from '../floors.ts';
import { openGround, type StoreName, storeNames } from '../ground.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
/** Few: the embedded store takes its time, and most kinds of requests come within a dozen actions. */
const ACTIONS = 12;

const hashesOf = async (floor: FloorName, storeName: StoreName): Promise<string[]> => {
  const ground: Ground & { close(): Promise<void> } = await openGround(floors[floor].plan, storeName);
  const hashes: string[] = [];
  for (const seed of SEEDS) hashes.push((await floors[floor].run(ground, { seed, actions: ACTIONS })).hash);
  await ground.close();
  return hashes;
};

test.each(floorNames)(
  'a seed is the same run of the %s over either store',
  async (floor) => {
    const [memory, embedded] = await Promise.all(storeNames.map((name) => hashesOf(floor, name)));
    expect(memory).toEqual(embedded);
  },
  300_000,
);
