import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { AppError } from '../../../lib/platform/errors.ts';
import { withRuntime } from '../../../lib/platform/open-runtime.ts';
import { onQueue } from '../../../lib/platform/queue/on-queue.ts';
import { type Answering, offlineRuntime } from '../../support/platform/offline-runtime.ts';
import { lambdaContext } from '../../support/platform/request.ts';

const order = z.object({ n: z.int(), fail: z.string().optional() });
type Order = z.infer<typeof order>;

const record = (message: Order | string, group?: string): SQSRecord => {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  const queue = group === undefined ? 'test-rotadesk-timers' : 'test-rotadesk-inbound-messages.fifo';
  return {
    messageId: typeof message === 'string' ? 'garbage' : `m${message.n}`,
    body,
    attributes: { ...(group !== undefined && { MessageGroupId: group }) },
    eventSourceARN: `arn:aws:sqs:eu-west-1:000000000000:${queue}`,
  } as SQSRecord;
};

const failures: Record<string, () => Error> = {
  bug: () => new TypeError('x is not a function'),
  away: () => new AppError('unavailable', 'store-unavailable', 'Away.'),
  conflict: () => new AppError('conflict', 'changed-meanwhile', 'Lost.'),
  invalid: () => new AppError('invalid', 'bad-order', 'No such order can be.'),
  missing: () => new AppError('missing', 'order-unknown', 'There is no such order.'),
  unprocessable: () => new AppError('unprocessable', 'order-closed', 'The order is closed.'),
};

const consume = async (records: SQSRecord[], sqs: Answering = () => ({})) => {
  const sent: { QueueUrl: string; MessageBody: string }[] = [];
  const rt = await offlineRuntime({
    sqs: (each) => {
      sent.push(each.input);
      return sqs(each);
    },
  });
  const seen: number[] = [];
  const handler = onQueue({ body: order }, async ({ message }) => {
    // A later record must not overtake while an earlier one of its group is under way.
    await new Promise((resolve) => setTimeout(resolve, message.n === 1 ? 5 : 0));
    const failure = failures[message.fail ?? ''];
    if (failure) throw failure();
    seen.push(message.n);
  });
  const answer = await withRuntime(rt, () => handler({ Records: records }, lambdaContext()));
  const failed = answer.batchItemFailures;
  return {
    rt,
    seen,
    failed: failed.map((each) => each.itemIdentifier),
    rejected: sent.map((each) => ({ to: each.QueueUrl, ...JSON.parse(each.MessageBody) })),
  };
};

describe('a batch of a standard queue', () => {
  test('that went well fails nothing', async () => {
    const { seen, failed, rejected } = await consume([record({ n: 1 }), record({ n: 2 })]);
    expect([seen.toSorted(), failed, rejected]).toEqual([[1, 2], [], []]);
  });

  test.each(['bug', 'away', 'conflict'])('gives back only the record that met %s', async (fail) => {
    const { seen, failed, rejected } = await consume([
      record({ n: 1 }),
      record({ n: 2, fail }),
      record({ n: 3 }),
    ]);
    expect([seen.toSorted(), failed, rejected]).toEqual([[1, 3], ['m2'], []]);
  });

  test.each([
    ['invalid', 'bad-order'],
    ['missing', 'order-unknown'],
    ['unprocessable', 'order-closed'],
  ])('sends a record of kind %s away with its reason, and takes it off the queue', async (fail, code) => {
    const { seen, failed, rejected, rt } = await consume([record({ n: 1, fail }), record({ n: 2 })]);
    expect([seen, failed]).toEqual([[2], []]);
    expect(rejected).toEqual([
      {
        to: 'https://queue.invalid/rejected',
        queue: 'test-rotadesk-timers',
        messageId: 'm1',
        body: JSON.stringify({ n: 1, fail }),
        reason: { code, message: failures[fail]?.().message },
        at: new Date(rt.clock.nowMs()).toISOString(),
      },
    ]);
  });

  test.each([
    ['{broken', 'broken-json'],
    ['{"n":"one"}', 'invalid-message'],
    ['null', 'invalid-message'],
  ])('sends the poison %s away', async (poison, code) => {
    const { seen, failed, rejected } = await consume([record(poison), record({ n: 2 })]);
    expect([seen, failed, rejected[0].reason.code, rejected[0].body]).toEqual([[2], [], code, poison]);
  });

  test('keeps a record it could not send away', async () => {
    const { failed } = await consume([record({ n: 1, fail: 'invalid' })], () => {
      throw new Error('the rejected queue is away');
    });
    expect(failed).toEqual(['m1']);
  });

  test('leaves one line in the log, without any body', async () => {
    const { rt } = await consume([
      record({ n: 1 }),
      record({ n: 2, fail: 'bug' }),
      record('{"n":"classified"}'),
    ]);
    expect(rt.lines).toHaveLength(1);
    expect(rt.lines[0]).toMatchObject({
      level: 'WARN',
      message: 'batch',
      records: 3,
      failed: 1,
      rejected: 1,
    });
    expect(JSON.stringify(rt.lines)).not.toContain('classified');
  });
});

describe('a batch of a FIFO queue', () => {
  test('runs each group in order', async () => {
    const { seen } = await consume([record({ n: 1 }, 'a'), record({ n: 2 }, 'a'), record({ n: 3 }, 'a')]);
    expect(seen).toEqual([1, 2, 3]);
  });

  test('a failure fails the rest of its group and no other', async () => {
    const { seen, failed } = await consume([
      record({ n: 1 }, 'a'),
      record({ n: 2, fail: 'bug' }, 'a'),
      record({ n: 3 }, 'b'),
      record({ n: 4 }, 'a'),
      record({ n: 5 }, 'b'),
    ]);
    expect([seen.toSorted(), failed.toSorted()]).toEqual([
      [1, 3, 5],
      ['m2', 'm4'],
    ]);
  });

  test('a poison message lets those behind it pass', async () => {
    const { seen, failed, rejected } = await consume([record('{broken', 'a'), record({ n: 2 }, 'a')]);
    expect([seen, failed, rejected.length]).toEqual([[2], [], 1]);
  });
});
