/**
 * `npm run e2e:kill [-- --seed 1 --messages 200 --kills 5]`: clients write while the whole product is killed by
 * `kill -9` again and again and started anew. In the end each accepted message stands in exactly one ticket's thread.
 * Exits with 1 on any difference.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Person, people } from '../../localstack/people.ts';
import { ask } from './support/ask.ts';
import { burst, type Sent } from './support/burst.ts';
import { manyClients } from './support/people.ts';
import { Product } from './support/product.ts';
import { type Count, countThreads, isWhole } from './support/threads.ts';

const CLIENTS = 8;
/** The sweep runs every minute and leaves young outbox rows alone: what a crash left takes up to two minutes. */
const SETTLE_WITHIN_MS = 180_000;
/** After everything has arrived, a double would still come within this time. */
const WATCH_MS = 5_000;
const MOST_DELAY_MS = 200;
/** So that even the last kill comes while clients still write. */
const LAST_SHARE = 0.9;

/** mulberry32: the same seed gives the same moments. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Kill {
  readonly after: number;
  readonly acceptedMeanwhile: number;
  readonly startMs: number;
}

/** Kills when so many messages have been accepted, plus a random moment, and starts again. */
async function killAndRestart(
  product: Product,
  moments: readonly number[],
  accepted: () => number,
  random: () => number,
) {
  const kills: Kill[] = [];
  for (const after of moments) {
    while (accepted() < after) await sleep(5);
    await sleep(random() * MOST_DELAY_MS);
    await product.killNine();
    const acceptedMeanwhile = accepted();
    const begunMs = performance.now();
    await product.start();
    kills.push({ after, acceptedMeanwhile, startMs: Math.round(performance.now() - begunMs) });
  }
  return kills;
}

async function settle(product: Product, sent: readonly Sent[]): Promise<Count> {
  const tokenOf = (person: Person) => product.token(person);
  const deadline = Date.now() + SETTLE_WITHIN_MS;
  let count = await countThreads(product.api, sent, tokenOf);
  while (count.lost.length > 0 && Date.now() < deadline) {
    await sleep(1000);
    count = await countThreads(product.api, sent, tokenOf);
  }
  await sleep(WATCH_MS);
  return countThreads(product.api, sent, tokenOf);
}

/** Executors at work make it a desk: tickets are dispatched, and handed back when a kill stops the heartbeats. */
async function bringExecutors(product: Product): Promise<void> {
  for (const executor of (Object.values(people) as Person[]).filter(({ roles }) =>
    roles.includes('executor'),
  )) {
    const token = await product.token(executor);
    await ask(`PUT ${product.api}/v1/executors/me/presence`, { token, body: { presence: 'online' } });
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      messages: { type: 'string', default: '200' },
      kills: { type: 'string', default: '5' },
    },
  });
  const [messages, killCount] = [Number(values.messages), Number(values.kills)];
  const random = seeded(Number(values.seed));
  const moments = Array.from(
    { length: killCount },
    () => 1 + Math.floor(random() * messages * LAST_SHARE),
  ).sort((a, b) => a - b);
  const product = new Product();
  try {
    await product.start();
    await bringExecutors(product);
    let accepted = 0;
    const [sent, kills] = await Promise.all([
      burst({
        api: product.api,
        clients: manyClients(CLIENTS),
        tokenOf: (client) => product.token(client),
        messages,
        random,
        onSent: (sentSoFar) => {
          accepted = sentSoFar;
        },
      }),
      killAndRestart(product, moments, () => accepted, random),
    ]);
    console.table(kills);
    const count = await settle(product, sent);
    const retried = sent.filter(({ tries }) => tries > 1).length;
    const { lost, doubled, unknown, ...rest } = count;
    console.table([
      { ...rest, retried, lost: lost.length, doubled: doubled.length, unknown: unknown.length },
    ]);
    for (const [what, ids] of Object.entries({ lost, doubled, unknown }))
      if (ids.length > 0) console.error(what, ids);
    await product.stop();
    return isWhole(count) && sent.length === messages ? 0 : 1;
  } catch (error) {
    console.error(product.log().slice(-2000));
    throw error;
  } finally {
    await product.remove();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
