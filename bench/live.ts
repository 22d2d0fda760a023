/**
 * A frame to everybody who follows one topic: requests to the store and milliseconds, by the number of subscribers. Frames go over
 * HTTP to a gateway of ours on this machine: `npm run bench -- live`.
 */
import { subscriptionWrite } from '../lib/live/core/subscription-repository.ts';
import { fanOut } from '../lib/live/sending/fan-out.ts';
import { systemClock } from '../lib/platform/clock.ts';
import { connectionsApi } from '../lib/platform/connections/connections-api.ts';
import { commit } from '../lib/platform/storage/commit.ts';
import { LOCAL_CREDENTIALS } from '../localstack/provision.ts';
import { fakeGateway } from '../tests/support/live/fake-gateway.ts';
import { printTable } from './print-table.ts';
import { closeWorlds, openWorld } from './world/open-world.ts';

const SUBSCRIBERS = [1, 100, 1000, 3000];
const WRITES_AT_ONCE = 100;
const RUNS = 5;

const gateway = await fakeGateway();
try {
  const world = await openWorld(systemClock);
  const sockets = connectionsApi({
    url: gateway.url,
    region: 'eu-central-1',
    credentials: async () => LOCAL_CREDENTIALS,
  });
  const rt = { ...world.rt, sockets: async () => sockets };
  const rows = [];
  for (const subscribers of SUBSCRIBERS) {
    const topic = `desk:${rt.ids.next('dsk')}`;
    for (let start = 0; start < subscribers; start += WRITES_AT_ONCE) {
      const writes = Array.from({ length: Math.min(WRITES_AT_ONCE, subscribers - start) }, () => {
        const [connectionId, userId] = [rt.ids.next('con'), rt.ids.next('usr')];
        return subscriptionWrite(world.aside, { topic, connectionId, userId, roles: ['manager'] });
      });
      await commit(world.aside, { writes });
    }
    world.counter.take();
    const sentBefore = gateway.requests();
    const begunMs = performance.now();
    for (let run = 0; run < RUNS; run += 1) {
      await fanOut(rt, topic, () => ({ type: 'changed', topic, kind: 'desk', id: topic, version: run }));
    }
    const tookMs = performance.now() - begunMs;
    const counted = world.counter.take();
    rows.push({
      subscribers,
      'frames sent': (gateway.requests() - sentBefore) / RUNS,
      'store requests a frame': counted.dynamo / RUNS,
      'read units a frame': (counted.readUnits / RUNS).toFixed(1),
      'ms until the last': Math.round(tookMs / RUNS),
    });
  }
  printTable(rows);
} finally {
  await gateway.stop();
  await closeWorlds();
}
