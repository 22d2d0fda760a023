import { loadHandler } from '../support/aws/handlers.ts';
import type { Handler } from './engine/cloud.ts';
import type { Ground } from './engine/run.ts';
import { openEmbeddedStore } from './engine/store/embedded-store.ts';
import { createMemoryStore } from './engine/store/memory/memory-store.ts';
import { loadTopology, type Topology, topologyFor, type WorkloadPlan } from './engine/topology.ts';

const handlersOf = async ({ queues, schedules, http }: Topology): Promise<Map<string, Handler>> => {
  const plans = http.map(({ plan }) => plan);
  const paths = [...queues.flatMap(({ consumer }) => consumer ?? []), ...schedules, ...plans].map(
    ({ handler }) => handler,
  );
  return new Map(
    await Promise.all(
      [...new Set(paths)].map(async (path): Promise<[string, Handler]> => [path, await loadHandler(path)]),
    ),
  );
};

export const storeNames = ['memory', 'embedded'] as const;
export type StoreName = (typeof storeNames)[number];

const openStore = (name: StoreName) => (name === 'memory' ? createMemoryStore() : openEmbeddedStore());

/** A store and the workload's handlers of the product, for as many runs as one likes. */
export const openGround = async (
  workload: WorkloadPlan,
  storeName: StoreName = 'memory',
): Promise<Ground & { close(): Promise<void> }> => {
  const topology = topologyFor(await loadTopology(), workload);
  const [store, handlers] = await Promise.all([openStore(storeName), handlersOf(topology)]);
  return { store, handlers, topology, close: () => store.close() };
};
