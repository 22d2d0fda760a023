import {
  GetQueueUrlCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { queueUrl } from '../../../lib/platform/config.ts';
import { ManualClock, startAws, type TestAws, testRuntime } from '../../support/aws/index.ts';

let aws: TestAws;
beforeAll(async () => {
  aws = await startAws();
});

test('a runtime reads and writes the tables of its own stage', async () => {
  const rt = await testRuntime(aws);
  const Key = { pk: 'THING#1', sk: 'A' };
  await rt.dynamo.send(new PutCommand({ TableName: rt.env.TABLE_DESK, Item: { ...Key, text: 'here' } }));
  const { Item } = await rt.dynamo.send(new GetCommand({ TableName: rt.env.TABLE_DESK, Key }));
  expect(Item).toEqual({ ...Key, text: 'here' });
  expect(rt.env.TABLE_DESK).toMatch(/^t[0-9a-z]+-rotadesk-desk$/);
});

test('two harnesses share no names', async () => {
  const other = await startAws();
  expect(other.env.TABLE_DESK).not.toBe(aws.env.TABLE_DESK);
  expect(other.env.QUEUE_BASE).not.toBe(aws.env.QUEUE_BASE);
});

test('a token of the runtime is accepted by its own verifier until its hour is over', async () => {
  const rt = await testRuntime(aws);
  const caller = { id: 'usr_018f0000-0000-7000-8000-000000000001', roles: ['client'] as const };
  const token = await rt.token(caller);
  const authTimeSec = Math.floor(rt.clock.nowMs() / 1000);
  await expect(rt.verifyToken(token)).resolves.toEqual({ ...caller, authTimeSec });
  rt.clock.move(2 * 3600_000);
  await expect(rt.verifyToken(token)).rejects.toMatchObject({ kind: 'unauthenticated' });
});

describe('messages sent with a delay', () => {
  test('wait for the clock of the test, in the order of their time', async () => {
    const clock = new ManualClock();
    const rt = await testRuntime(aws, { clock });
    const QueueUrl = queueUrl(rt.env, 'rejected');
    const send = (MessageBody: string, DelaySeconds: number) =>
      rt.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
    await send('second', 20);
    await send('first', 10);
    const batch = await rt.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'now', MessageBody: 'at once' },
          { Id: 'later', MessageBody: 'third', DelaySeconds: 30 },
        ],
      }),
    );
    expect(batch.Successful?.map(({ Id }) => Id)).toEqual(['now', 'later']);
    expect(rt.held.nextDueMs()).toBe(clock.nowMs() + 10_000);
    clock.move(20_000);
    await expect(rt.held.release(clock.nowMs())).resolves.toBe(2);
    expect(rt.held.nextDueMs()).toBe(clock.nowMs() + 10_000);
    await rt.sqs.send(new PurgeQueueCommand({ QueueUrl }));
  });
});

test('queue addresses lead to the gateway', async () => {
  const rt = await testRuntime(aws);
  const QueueName = queueUrl(rt.env, 'timers').split('/').at(-1);
  const { QueueUrl } = await rt.sqs.send(new GetQueueUrlCommand({ QueueName }));
  expect(QueueUrl?.startsWith(`${aws.url}/`)).toBe(true);
});
