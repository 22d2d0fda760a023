import { startDynoxide } from '../../localstack/dynoxide.ts';
import { loadHandler } from '../support/aws/handlers.ts';
import type { Handler } from './engine/cloud.ts';
import type { Ground } from './engine/run.ts';
import { openStore } from './engine/store.ts';
import { type FloorPlan, loadTopology, type Topology, topologyFor } from './engine/topology.ts';

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

/** An embedded store in memory and the floor's handlers of the product, for as many runs as one likes. */
export const openGround = async (floor: FloorPlan): Promise<Ground & { close(): Promise<void> }> => {
  const plan = topologyFor(await loadTopology(), floor);
  const [dynoxide, handlers] = await Promise.all([startDynoxide({}), handlersOf(plan)]);
  const store = await openStore(dynoxide.port);
  return {
    store,
    handlers,
    topology: plan,
    close: async () => {
      store.close();
      await dynoxide.stop();
    },
  };
};
