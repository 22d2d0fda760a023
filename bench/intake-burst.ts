/**
 * What a burst of one client's messages asks of the store, by how many come at once: in one process, the store being
 * the local stand-in. `npm run bench -- intake-burst [--parallel 1,20,100,1000]`
 */
import { parseArgs } from 'node:util';
import { acceptMessage } from '../lib/desk/intake/accept-message.ts';
import { systemClock } from '../lib/platform/clock.ts';
import { printTable } from './print-table.ts';
import { closeWorlds, openWorld } from './world/open-world.ts';

const { values } = parseArgs({ options: { parallel: { type: 'string', default: '1,20,100,1000' } } });

const burst = async (parallel: number) => {
  const { rt, counter } = await openWorld(systemClock);
  const clientId = rt.ids.next('usr');
  counter.take();
  const begunMs = performance.now();
  const answers = await Promise.allSettled(
    Array.from({ length: parallel }, (_, index) =>
      acceptMessage(rt, {
        clientId,
        idempotency: { callerId: clientId, key: `key-${index}`, hash: `hash-${index}` },
        text: 'It leaks',
      }),
    ),
  );
  const tookMs = performance.now() - begunMs;
  const { calls, dynamo, writeUnits } = counter.take();
  const accepted = answers.filter(({ status }) => status === 'fulfilled').length;
  return {
    'at once': parallel,
    accepted,
    refused: parallel - accepted,
    'requests to the store a message': (dynamo / parallel).toFixed(1),
    'of them transactions': ((calls.TransactWriteItemsCommand ?? 0) / parallel).toFixed(1),
    'write units a message': (writeUnits / parallel).toFixed(1),
    seconds: (tookMs / 1000).toFixed(1),
  };
};

try {
  const rows = [];
  for (const parallel of values.parallel.split(',').map(Number)) rows.push(await burst(parallel));
  printTable(rows);
} finally {
  await closeWorlds();
}
