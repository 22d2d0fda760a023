import { startDynoxide } from '../../localstack/dynoxide.ts';
import { loadHandler } from '../support/aws/handlers.ts';
import type { Handler } from './engine/cloud.ts';
import { openStore } from './engine/store.ts';
import { loadTopology, type Topology } from './engine/topology.ts';
import type { Ground } from './run-seed.ts';

const handlersOf = async ({ queues, schedules, http }: Topology): Promise<Map<string, Handler>> => {
  const paths = [...queues.flatMap(({ consumer }) => consumer ?? []), ...schedules, http].map(
    ({ handler }) => handler,
  );
  return new Map(
    await Promise.all(
      [...new Set(paths)].map(async (path): Promise<[string, Handler]> => [path, await loadHandler(path)]),
    ),
  );
};

/** An embedded store in memory and the product's handlers, for as many runs as one likes. */
export const openGround = async (topology?: Topology): Promise<Ground & { close(): Promise<void> }> => {
  const plan = topology ?? (await loadTopology());
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
