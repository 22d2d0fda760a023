/**
 * What a burst of bulk messages does to sign-in codes: from the moment a code is accepted until the provider has it, with and
 * without the burst in the queue. Shipped handlers behind the local run's poller, a provider over real HTTP whose rate binds.
 * `npm run bench -- sms-burst [--backlog 100000] [--codes 200] [--rate 20] [--latency 100] [--every 200]`
 */
import { parseArgs } from 'node:util';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { queueUrl } from '../lib/platform/config.ts';
import { withRuntime } from '../lib/platform/open-runtime.ts';
import { acceptSms } from '../lib/sms/acceptance/accept-sms.ts';
import { pollQueue } from '../localstack/plugin/sqs-poller.ts';
import { type RunningCentre, startSmsCentre } from '../localstack/sandboxes/sms/index.ts';
import { loadHandler } from '../tests/support/aws/handlers.ts';
import { printTable } from './print-table.ts';
import { type BenchWorld, closeWorlds, openWorld } from './world/open-world.ts';
import { addProvider, clockFrom, LAWFUL_NOON, queueBacklog } from './world/seed-sms.ts';

const AIM = 1.5;
/** As in functions/sms/functions.yml. */
const CONCURRENCY = { 'sms-otp': 50, 'sms-bulk': 5 };
const BATCH = { 'sms-otp': 5, 'sms-bulk': 10 };
type Queue = keyof typeof CONCURRENCY;

const { values } = parseArgs({
  options: {
    backlog: { type: 'string', default: '100000' },
    codes: { type: 'string', default: '200' },
    rate: { type: 'string', default: '20' },
    latency: { type: 'string', default: '100' },
    every: { type: 'string', default: '200' },
  },
});
const [BACKLOG, CODES, RATE] = [Number(values.backlog), Number(values.codes), Number(values.rate)];

const poll = async ({ rt }: BenchWorld, queue: Queue) => {
  const handler = await loadHandler('functions/sms/send-sms.queue.handler');
  const context = { awsRequestId: 'bench', functionName: 'sms-send' };
  return pollQueue(rt.sqs, {
    queueUrl: queueUrl(rt.env, queue),
    source: { arn: `arn:aws:sqs:local:000000000000:${queue}`, region: 'local' },
    batchSize: BATCH[queue],
    reportsFailures: true,
    concurrency: CONCURRENCY[queue],
    invoke: (event) => withRuntime(rt, () => handler(event, context as never)),
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  });
};

/** Messages that nobody has been given for good yet, those in senders' hands included. */
const backlogOf = async ({ aside }: BenchWorld): Promise<number> => {
  const { Attributes = {} } = await aside.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl(aside.env, 'sms-bulk'),
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return Object.values(Attributes).reduce((sum, each) => sum + Number(each), 0);
};

interface Phase {
  /** From acceptance to the provider's hands, ms. */
  readonly tookMs: readonly number[];
  readonly seconds: number;
  /** Bulk messages the provider got meanwhile. */
  readonly bulk: number;
  readonly perSec: number;
}

let phone = 0;

/** Codes at even distances with some jitter, each measured by itself. */
const codes = async ({ rt }: BenchWorld, sandbox: RunningCentre): Promise<Phase> => {
  const came = new Map<string, number>();
  const take = sandbox.centre.take.bind(sandbox.centre);
  sandbox.centre.take = (message) => {
    came.set(message.phone, performance.now());
    return take(message);
  };
  const before = sandbox.centre.inbox().length;
  sandbox.centre.forgetPeaks();
  const begun = new Map<string, number>();
  const startMs = performance.now();
  for (let code = 0; code < CODES; code += 1) {
    phone += 1;
    const to = `+7911${String(phone).padStart(7, '0')}`;
    const draft = {
      entityId: 'own',
      category: 'otp',
      phone: to,
      text: 'Code 123456',
      validitySec: 300,
    } as const;
    await acceptSms(rt, draft, { requestedBy: 'bench', key: to, requestHash: to });
    begun.set(to, performance.now());
    await rt.clock.sleep(Number(values.every) * (0.5 + rt.ids.random()));
  }
  const seconds = (performance.now() - startMs) / 1000;
  const sent = sandbox.centre.inbox().length - before;
  while ([...begun.keys()].some((to) => !came.has(to))) await rt.clock.sleep(50);
  sandbox.centre.take = take;
  return {
    tookMs: [...begun].map(([to, ms]) => (came.get(to) ?? 0) - ms),
    seconds,
    bulk: sent - CODES,
    perSec: sandbox.centre.peak('smsc').perSec,
  };
};

const at = (list: readonly number[], share: number): number =>
  list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0;

const row = (name: string, phase: Phase, left: readonly [number, number]) => ({
  '': name,
  codes: phase.tookMs.length,
  'p50 ms': at(phase.tookMs, 0.5).toFixed(0),
  'p95 ms': at(phase.tookMs, 0.95).toFixed(0),
  'p99 ms': at(phase.tookMs, 0.99).toFixed(0),
  'backlog before → after': left.join(' → '),
  'messages a second': ((phase.bulk + CODES) / phase.seconds).toFixed(1),
  'of them bulk': (phase.bulk / phase.seconds).toFixed(1),
  'most in any second': phase.perSec,
  "provider's limit": RATE,
});

const sandbox = await startSmsCentre({ faults: { statusDelayMs: null, latencyMs: Number(values.latency) } });
try {
  const world = await openWorld(clockFrom(LAWFUL_NOON), (url, init) => fetch(url, init));
  await addProvider(world.aside, sandbox, { ratePerSec: RATE, concurrency: 4 });
  const forCodes = await poll(world, 'sms-otp');
  await codes(world, sandbox); // warms what both phases find warm
  const first = await codes(world, sandbox);
  await queueBacklog(world.aside, BACKLOG);
  const forBulk = await poll(world, 'sms-bulk');
  while (sandbox.centre.inbox().length < 3 * CODES) await world.rt.clock.sleep(100); // the burst is under way
  const before = await backlogOf(world);
  const burst = await codes(world, sandbox);
  const after = await backlogOf(world);
  await forBulk.stop();
  await world.rt.clock.sleep(3000);
  const again = await codes(world, sandbox);
  await forCodes.stop();
  const quiet = Math.max(at(first.tookMs, 0.95), at(again.tookMs, 0.95));
  const ratios = [first, again].map(({ tookMs }) => at(burst.tookMs, 0.95) / at(tookMs, 0.95));
  printTable([
    row('no burst, before', first, [0, 0]),
    row('burst', burst, [before, after]),
    row('no burst, after', again, [after, after]),
  ]);
  printTable([
    {
      'p95 with ÷ without the burst, before / after it': ratios.map((each) => each.toFixed(2)).join(' / '),
      'against the slower': (at(burst.tookMs, 0.95) / quiet).toFixed(2),
      [`≤ ${AIM}`]:
        Math.max(...ratios) <= AIM ? 'met' : Math.min(...ratios) <= AIM ? 'met against one' : 'missed',
    },
  ]);
} finally {
  await sandbox.stop();
  await closeWorlds();
}
