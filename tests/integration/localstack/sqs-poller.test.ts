import { GetQueueAttributesCommand, type QueueAttributeName, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { type Poller, pollQueue } from '../../../localstack/plugin/sqs-poller.ts';
import { awsClients, type Provisioned, provision } from '../../../localstack/provision.ts';
import { smallTemplate } from '../../support/aws/small-template.ts';
import { TIME_FACTOR } from '../../support/strength.ts';

const endpoint = { url: process.env.ROTADESK_TEST_AWS ?? '', region: 'eu-central-1' };
const { sqs, ...others } = awsClients(endpoint);
let count = 0;
let ids: Provisioned['ids'];
let pollers: Poller[] = [];

beforeEach(async () => {
  const stage = `q${process.pid}n${count++}`;
  ({ ids } = await provision(smallTemplate, endpoint, {
    rename: (name) => name.replace('local-', `${stage}-`),
  }));
});
afterEach(async () => {
  await Promise.all(pollers.map((poller) => poller.stop()));
  pollers = [];
});
afterAll(() => {
  for (const client of [sqs, ...Object.values(others)]) client.destroy();
});

type Handler = (event: SQSEvent) => Promise<unknown>;

const listen = (queue: string, handler: Handler, concurrency = 3) => {
  const poller = pollQueue(sqs, {
    queueUrl: ids[queue]?.ref ?? '',
    source: { arn: ids[queue]?.attributes?.Arn ?? '', region: 'eu-central-1' },
    batchSize: 10,
    reportsFailures: true,
    concurrency,
    invoke: (event) => handler(event as SQSEvent),
    onError: () => {},
  });
  pollers.push(poller);
  return poller;
};

const send = (queue: string, body: string, group?: string) =>
  sqs.send(
    new SendMessageCommand({
      QueueUrl: ids[queue]?.ref,
      MessageBody: body,
      ...(group && { MessageGroupId: group, MessageDeduplicationId: `${group}-${body}` }),
    }),
  );

const depth = async (queue: string, name: QueueAttributeName = 'ApproximateNumberOfMessages') => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: ids[queue]?.ref, AttributeNames: [name] }),
  );
  return Number(Attributes?.[name]);
};

const until = async (condition: () => boolean | Promise<boolean>) => {
  const deadline = Date.now() + 10_000 * TIME_FACTOR;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const failing = (...identifiers: string[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

test('a message reaches its function at once, shaped as on AWS', async () => {
  const seen: { event: SQSEvent; atMs: number }[] = [];
  listen('Work', async (event) => {
    seen.push({ event, atMs: performance.now() });
    return failing();
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const sentMs = performance.now();
  await send('Work', 'hello');
  await until(() => seen.length > 0);
  expect(seen[0]!.atMs - sentMs).toBeLessThan(300);
  expect(seen[0]!.event.Records).toEqual([
    {
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: 'hello',
      attributes: expect.objectContaining({
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
      }),
      messageAttributes: {},
      md5OfBody: '5d41402abc4b2a76b9719d911017c592',
      eventSource: 'aws:sqs',
      eventSourceARN: ids.Work?.attributes?.Arn,
      awsRegion: 'eu-central-1',
    },
  ]);
});

test('of a batch with failures only the others are deleted; the failed one returns after its visibility timeout', async () => {
  const bodies: string[] = [];
  listen('Work', async ({ Records }) => {
    bodies.push(...Records.map(({ body }) => body));
    const retry = Records.filter(
      ({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1',
    );
    return failing(...retry.map(({ messageId }) => messageId));
  });
  await Promise.all([send('Work', 'good'), send('Work', 'bad')]);
  await until(() => bodies.length === 3);
  expect(bodies.slice(0, 2).sort()).toEqual(['bad', 'good']);
  expect(bodies[2]).toBe('bad');
  await until(async () => (await depth('Work', 'ApproximateNumberOfMessagesNotVisible')) === 0);
  expect(await depth('Work')).toBe(0);
  expect(await depth('WorkDead')).toBe(0);
});

test('a function that throws keeps its messages, and they end in the dead-letter queue after the allowed receives', async () => {
  let calls = 0;
  listen('Work', async () => {
    calls++;
    throw new Error('always');
  });
  await send('Work', 'poison');
  await until(async () => (await depth('WorkDead')) === 1);
  expect(calls).toBe(2);
});

test('an answer that names an unknown record fails the whole batch', async () => {
  const receives: string[] = [];
  listen('Work', async ({ Records }) => {
    receives.push(Records[0]!.attributes.ApproximateReceiveCount);
    return receives.length === 1 ? failing('no-such-record') : failing();
  });
  await send('Work', 'once more');
  await until(() => receives.length === 2);
  expect(receives).toEqual(['1', '2']);
});

test('within a group of a FIFO queue order holds and one batch is in flight; groups do not wait for each other', async () => {
  const order: Record<string, string[]> = { slow: [], fast: [] };
  let inFlight = 0;
  let most = 0;
  listen('Line', async ({ Records }) => {
    for (const { body, attributes } of Records) {
      const group = attributes.MessageGroupId ?? '';
      if (group === 'slow') {
        most = Math.max(most, ++inFlight);
        await new Promise((resolve) => setTimeout(resolve, 60));
        inFlight--;
      }
      order[group]?.push(body);
    }
    return failing();
  });
  for (const body of ['1', '2', '3']) await send('Line', body, 'slow');
  for (const body of ['1', '2', '3']) await send('Line', body, 'fast');
  await until(() => order.slow?.length === 3 && order.fast?.length === 3);
  expect(order).toEqual({ slow: ['1', '2', '3'], fast: ['1', '2', '3'] });
  expect(most).toBe(1);
});

test('stopping waits for the batch in hand', async () => {
  let done = false;
  let begun = false;
  const poller = listen('Work', async () => {
    begun = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
    done = true;
    return failing();
  });
  await send('Work', 'long');
  await until(() => begun);
  await poller.stop();
  expect(done).toBe(true);
  expect(await depth('Work', 'ApproximateNumberOfMessagesNotVisible')).toBe(0);
});

test('no more batches are in flight than allowed', async () => {
  let inFlight = 0;
  let most = 0;
  let handled = 0;
  listen(
    'Work',
    async ({ Records }) => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 30));
      inFlight--;
      handled += Records.length;
      return failing();
    },
    2,
  );
  for (let sent = 0; sent < 30; sent++) await send('Work', String(sent));
  await until(() => handled === 30);
  expect(most).toBeLessThanOrEqual(2);
});
