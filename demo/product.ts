/** The running product: the one that `npm start` serves, or one of our own for as long as the demo lasts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataDir, projectRoot } from '../localstack/places.ts';

export interface Product {
  readonly api: string;
  /** The stand-ins of AWS behind it. */
  readonly aws: string;
  /** Ends it if it is ours. */
  stop(): Promise<void>;
}

const START_WITHIN_MS = 360_000;
const LOOK_EVERY_MS = 250;

const answers = async (api: string): Promise<boolean> => {
  try {
    const { ok } = await fetch(`${api}/v1/openapi.json`, { signal: AbortSignal.timeout(5000) });
    return ok;
  } catch {
    return false;
  }
};

type Addresses = Pick<Product, 'api' | 'aws'>;

/** Where a product answers, if one runs with this data. */
export const running = async (): Promise<Addresses | undefined> => {
  try {
    const { api, aws } = JSON.parse(readFileSync(join(dataDir(), 'addresses.json'), 'utf8')) as Addresses;
    return (await answers(api)) ? { api, aws } : undefined;
  } catch {
    return undefined;
  }
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
};

const start = async (signal: AbortSignal): Promise<Product> => {
  // A group of its own: Ctrl-C is for the demo, which ends the product when the workload is clear.
  const child = spawn(process.execPath, [join(projectRoot, 'localstack/start.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const deadline = Date.now() + START_WITHIN_MS;
  while (Date.now() < deadline && !signal.aborted && child.exitCode === null) {
    const addresses = await running();
    if (addresses) return { ...addresses, stop: () => end(child) };
    await sleep(LOOK_EVERY_MS);
  }
  const cause = child.exitCode === null ? 'it did not answer in time' : 'see above';
  await end(child);
  throw new Error(signal.aborted ? 'Stopped.' : `The product did not start: ${cause}.`);
};

/** @throws Error when nothing runs and nothing starts. */
export const openProduct = async (say: (text: string) => void, signal: AbortSignal): Promise<Product> => {
  const addresses = await running();
  if (addresses) return { ...addresses, stop: async () => {} };
  say(
    'Nothing runs yet: starting the product. The first start packages it, which takes about half a minute.',
  );
  return start(signal);
};
