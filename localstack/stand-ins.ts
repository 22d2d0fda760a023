/**
 * AWS on a laptop: DynamoDB, SQS and S3 behind one address.
 * Alone: `node localstack/stand-ins.ts [--port 4566] [--data DIR]` (no --data: in memory), then set AWS_ENDPOINT_URL.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withBucketCors } from './bucket-cors.ts';
import { StandInMissing } from './dynoxide.ts';
import { startFauxqsApp } from './fauxqs-app.ts';
import { forwardTo, openGateway } from './gateway.ts';
import { startStore } from './store.ts';

const REGION = 'eu-central-1';

export interface StandInOptions {
  /** 0 or nothing: any free one. */
  readonly port?: number;
  /** Nothing: all in memory. */
  readonly dataDir?: string;
  readonly region?: string;
  /** Told of the store's child process as soon as it exists. */
  readonly onSpawn?: (pid: number) => void;
}

export interface StandIns {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  /** Settles when the store's child ended; during a run that is a failure. */
  readonly storeEnded: Promise<unknown>;
  stop(): Promise<void>;
}

export async function startStandIns(options: StandInOptions = {}): Promise<StandIns> {
  const { dataDir, region = REGION } = options;
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const store = await startStore({
    region,
    say: (line) => process.stderr.write(`${line}\n`),
    ...(options.onSpawn ? { onSpawn: options.onSpawn } : {}),
    ...(dataDir === undefined ? {} : { dbPath: join(dataDir, 'dynoxide.db') }),
  });
  const gateway = await openGateway(options.port ?? 0);
  const fauxqs = await startFauxqsApp({
    url: gateway.url,
    region,
    // Messages about what the store has forgotten would only fail.
    ...(dataDir !== undefined && store.isKept ? { dataDir } : {}),
  });
  const dynamo = forwardTo(store.port);
  gateway.answerWith(dynamo.answer, withBucketCors(fauxqs.handle));
  return {
    url: gateway.url,
    storeEnded: store.ended,
    async stop() {
      // The store at once: should we be killed for being slow, it must not outlive us.
      const storeStopped = store.stop();
      await gateway.stop();
      dynamo.stop();
      await Promise.all([fauxqs.stop(), storeStopped]);
    },
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, data: { type: 'string' }, tied: { type: 'boolean' } },
  });
  // Before anything starts: a signal without a handler ends us at once, and the store would outlive us.
  let stop = (): void => process.exit(1);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  // --tied: whoever started us holds our standard input; when it dies by whatever cause, so do we.
  if (values.tied) process.stdin.once('close', () => stop()).resume();
  const standIns = await startStandIns({
    port: Number(values.port ?? 0),
    ...(values.data === undefined ? {} : { dataDir: values.data }),
  });
  stop = () => void standIns.stop().then(() => process.exit(0));
  process.stdout.write(`${standIns.url}\n`);
  await standIns.storeEnded;
  process.exit(1);
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof StandInMissing ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
