import { parentPort, workerData } from 'node:worker_threads';
import { openGround } from './ground.ts';
import { runSeed } from './run-seed.ts';

const { actions } = workerData as { actions: number };
const ground = await openGround();

parentPort?.on('message', async (seed: number | 'stop') => {
  if (seed !== 'stop') return parentPort?.postMessage(await runSeed(ground, { seed, actions }));
  await ground.close();
  parentPort?.close();
});
parentPort?.postMessage('ready');
