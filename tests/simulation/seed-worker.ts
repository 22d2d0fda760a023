import { parentPort, workerData } from 'node:worker_threads';
import { openGround, type StoreName } from './ground.ts';
import { type WorkloadName, workloads } from './workloads.ts';

const { actions, workload, storeName } = workerData as {
  actions: number;
  workload: WorkloadName;
  storeName: StoreName;
};
const { plan, run } = workloads[workload];
const ground = await openGround(plan, storeName);

parentPort?.on('message', async (seed: number | 'stop') => {
  if (seed !== 'stop') return parentPort?.postMessage(await run(ground, { seed, actions }));
  await ground.close();
  parentPort?.close();
});
parentPort?.postMessage('ready');
