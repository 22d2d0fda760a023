import type { Clock } from '../../lib/platform/clock.ts';
import { systemIds } from '../../lib/platform/ids.ts';
import { createLog } from '../../lib/platform/log.ts';
import { createDocumentClient } from '../../lib/platform/open-runtime.ts';
import type { Fetch, Runtime } from '../../lib/platform/runtime.ts';
import { createSecrets } from '../../lib/platform/secrets/master-secret.ts';
import { awsClients } from '../../localstack/provision.ts';
import globalSetup from '../../tests/support/aws/global-setup.ts';
import globalTeardown from '../../tests/support/aws/global-teardown.ts';
import { startAws } from '../../tests/support/aws/start-aws.ts';
import { unlimited } from '../../tests/support/platform/unlimited.ts';
import { type Counter, countCalls } from './count-calls.ts';

/** A clock that stands until it is moved: what is counted must not depend on how busy the machine is. */
export class StillClock implements Clock {
  #nowMs = Date.now();

  nowMs(): number {
    return this.#nowMs;
  }

  async sleep(ms: number): Promise<void> {
    this.#nowMs += Math.ceil(ms);
  }

  move(ms: number): void {
    this.#nowMs += ms;
  }
}

export interface BenchWorld<C extends Clock = Clock> {
  readonly clock: C;
  /** The product's own runtime. */
  readonly rt: Runtime;
  /** The same store past the counter: to make what is measured, and to look at what came of it. */
  readonly aside: Runtime;
  readonly counter: Counter;
}

let open = false;

const SETTINGS = {
  MASTER_SECRET: 'a master secret of measurements, the same on every machine',
  PUBLIC_URL: 'https://api.invalid',
};

const nobody: Fetch = (url) => Promise.reject(new TypeError(`nobody answers at ${url}`));

/**
 * Stand-ins in a process of their own, in memory; each world has tables and queues of its own in them. `outside` stands
 * for other companies' HTTP APIs.
 */
export const openWorld = async <C extends Clock>(clock: C, outside = nobody): Promise<BenchWorld<C>> => {
  if (!open) await globalSetup();
  open = true;
  const { url, region, env: named, ensureAll } = await startAws();
  await ensureAll();
  const env = { ...named, ...SETTINGS, LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'SILENT' };
  const make = () => {
    const clients = awsClients({ url, region });
    const rt: Runtime = {
      clock,
      ids: systemIds(clock),
      dynamo: createDocumentClient(clients.dynamo),
      sqs: clients.sqs,
      files: () => Promise.reject(new Error('no files in a measurement')),
      sockets: () => Promise.reject(new Error('nobody is connected in a measurement')),
      env,
      log: createLog(env),
      fetch: outside,
      secret: createSecrets(env),
      verifyToken: () => Promise.reject(new Error('nobody signs in here')),
      limiter: unlimited,
    };
    return { rt, clients };
  };
  const { rt, clients } = make();
  return { clock, rt, aside: make().rt, counter: countCalls(clients) };
};

export const closeWorlds = async (): Promise<void> => {
  if (open) await globalTeardown();
  open = false;
};
