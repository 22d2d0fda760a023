/** What a hop over a queue takes locally: from SendMessage's answer to the function's call, and whole round trips. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { pollQueue } from '../localstack/plugin/sqs-poller.ts';
import { awsClients, provision } from '../localstack/provision.ts';
import { startStandIns } from '../localstack/stand-ins.ts';
import { smallTemplate } from '../tests/support/aws/small-template.ts';

const ROUNDS = 500;
const region = 'eu-central-1';
const directory = mkdtempSync(join(tmpdir(), 'rotadesk-bench-'));

const at = (values: number[], share: number) =>
  ([...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0).toFixed(2);

async function hops(dataDir?: string): Promise<{ send: number[]; hop: number[] }> {
  const standIns = await startStandIns({ ...(dataDir && { dataDir }), region });
  const { ids } = await provision(smallTemplate, { url: standIns.url, region });
  const { sqs, ...others } = awsClients({ url: standIns.url, region });
  let arrived = (_event: SQSEvent) => {};
  const poller = pollQueue(sqs, {
    queueUrl: ids.Work?.ref ?? '',
    source: { arn: ids.Work?.attributes?.Arn ?? '', region },
    batchSize: 10,
    reportsFailures: true,
    concurrency: 3,
    invoke: async (event) => arrived(event as SQSEvent),
    onError: console.error,
  });
  const send: number[] = [];
  const hop: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begunMs = performance.now();
    const arrival = new Promise<number>((resolve) => {
      arrived = () => resolve(performance.now());
    });
    await sqs.send(new SendMessageCommand({ QueueUrl: ids.Work?.ref, MessageBody: String(round) }));
    send.push(performance.now() - begunMs);
    hop.push((await arrival) - begunMs);
  }
  await poller.stop();
  for (const client of [sqs, ...Object.values(others)]) client.destroy();
  await standIns.stop();
  return { send, hop };
}

const memory = await hops();
const kept = await hops(directory);
rmSync(directory, { recursive: true, force: true });
const row = (store: string, { send, hop }: typeof memory) => ({
  store,
  'send p50 ms': at(send, 0.5),
  'send → call p50 ms': at(hop, 0.5),
  'send → call p99 ms': at(hop, 0.99),
  'ratio to send': (Number(at(hop, 0.5)) / Number(at(send, 0.5))).toFixed(2),
});
console.table([row('in memory', memory), row('kept on disk', kept)]);
