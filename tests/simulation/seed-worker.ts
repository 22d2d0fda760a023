import { parentPort, workerData } from 'node:worker_threads';
import { type FloorName, floors } from './floors.ts';
import { openGround, type StoreName } from './ground.ts';

const { actions, floor, storeName } = workerData as {
  actions: number;
  floor: FloorName;
  storeName: StoreName;
};
const { plan, run } = floors[floor];
const ground = await openGround(plan, storeName);

parentPort?.on('message', async (seed: number | 'stop') => {
  if (seed !== 'stop') return parentPort?.postMessage(await run(ground, { seed, actions }));
  await ground.close();
  parentPort?.close();
});
parentPort?.postMessage('ready');
