import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Context, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { queueUrl, tableName } from '../../../lib/platform/config.ts';
import { defineEvent } from '../../../lib/platform/events/define-event.ts';
import { domainEvent } from '../../../lib/platform/events/event.ts';
import { withRuntime } from '../../../lib/platform/open-runtime.ts';
import { onQueue } from '../../../lib/platform/queue/on-queue.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { OUTBOX_SHARDS, outboxRow, sweepOutbox } from '../../../lib/platform/storage/outbox.ts';
import { CommitConflict, type Write } from '../../../lib/platform/storage/write.ts';
import { replayRequested } from '../../../lib/replay/internal-events.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { type Fault, first, injectFaults, noAnswer, transactionConflict } from '../../support/faults.ts';

let aws: TestAws;
let rt: TestRuntime;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
});

const EVENT = replayRequested.draft({ replayId: 'rpl_1' });
const unconsumed = defineEvent('store.without.consumer', () => z.object({}));
const QUEUE = 'replay-events';

const putOnce = (pk: string, extra: Record<string, unknown> = {}): Write => ({
  Put: {
    TableName: tableName(rt.env, 'desk'),
    Item: { pk, sk: 'THING', ...extra },
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const find = async (pk: string) =>
  (
    await rt.dynamo.send(
      new GetCommand({
        TableName: tableName(rt.env, 'desk'),
        Key: { pk, sk: 'THING' },
        ConsistentRead: true,
      }),
    )
  ).Item;

const outboxRows = async (): Promise<number> => {
  const pages = await Promise.all(
    Array.from({ length: OUTBOX_SHARDS }, (_, shard) =>
      rt.dynamo.send(
        new QueryCommand({
          TableName: tableName(rt.env, 'platform'),
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': `OUTBOX#${shard}` },
          ConsistentRead: true,
        }),
      ),
    ),
  );
  return pages.reduce((sum, page) => sum + (page.Count ?? 0), 0);
};

const queued = async (): Promise<number> => {
  const { Attributes } = await rt.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl(rt.env, QUEUE),
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
};

/** How many writes each transaction from now on has. */
const writesSeen = (): number[] => {
  const seen: number[] = [];
  rt.dynamo.middlewareStack.add(
    (next, context) => (args) => {
      const { TransactItems } = args.input as { TransactItems?: readonly unknown[] };
      if (context.commandName === 'TransactWriteItemsCommand') seen.push(TransactItems?.length ?? 0);
      return next(args);
    },
    { step: 'initialize', name: 'writesSeen' },
  );
  return seen;
};

const transactFault = (fault: Fault, times = 1) =>
  injectFaults(rt.dynamo, first('TransactWriteItemsCommand', times, fault));

describe('commit', () => {
  test('writes and events go together; the outbox row leaves once they are sent', async () => {
    const before = await queued();
    const pk = rt.ids.next('thing');
    await commit(rt, { writes: [putOnce(pk)], events: [EVENT] });
    expect(await find(pk)).toBeDefined();
    expect(await queued()).toBe(before + 1);
    expect(await outboxRows()).toBe(0);
  });

  test('a lost answer is asked for again and not taken for a conflict', async () => {
    transactFault({ kind: 'after', error: noAnswer() });
    const pk = rt.ids.next('thing');
    await expect(commit(rt, { writes: [putOnce(pk)] })).resolves.toBeUndefined();
    expect(await find(pk)).toBeDefined();
  });

  test('a conflict between transactions is tried again', async () => {
    transactFault({ kind: 'instead', error: transactionConflict() }, 3);
    const pk = rt.ids.next('thing');
    await commit(rt, { writes: [putOnce(pk)] });
    expect(await find(pk)).toBeDefined();
  });

  test('a store that stays away is `store-unavailable`, not a crash', async () => {
    transactFault({ kind: 'instead', error: noAnswer() }, 100);
    await expect(commit(rt, { writes: [putOnce(rt.ids.next('thing'))] })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'store-unavailable',
    });
  });

  test('a failed condition names the write and shows the item that stood there; nothing is sent', async () => {
    const pk = rt.ids.next('thing');
    await commit(rt, { writes: [putOnce(pk, { owner: 'first' })] });
    const before = await queued();
    const attempt = commit(rt, { writes: [putOnce(rt.ids.next('thing')), putOnce(pk)], events: [EVENT] });
    await expect(attempt).rejects.toBeInstanceOf(CommitConflict);
    await expect(attempt).rejects.toMatchObject({ failed: [{ index: 1, item: { owner: 'first' } }] });
    expect(await queued()).toBe(before);
  });

  test('a second answer under one idempotency key is a race lost', async () => {
    const idempotency = { callerId: 'usr_1', key: rt.ids.next('key'), hash: 'h' };
    const answer = { idempotency, stored: { status: 201, body: { n: 1 } } };
    await commit(rt, { writes: [putOnce(rt.ids.next('thing'))], answer });
    const late = rt.ids.next('thing');
    await expect(commit(rt, { writes: [putOnce(late)], answer })).rejects.toMatchObject({
      code: 'idempotency-race',
    });
    expect(await find(late)).toBeUndefined();
  });

  test('an event without a route is refused before anything is written', async () => {
    const pk = rt.ids.next('thing');
    await expect(commit(rt, { writes: [putOnce(pk)], events: [unconsumed.draft({})] })).rejects.toThrow(
      'has no route',
    );
    expect(await find(pk)).toBeUndefined();
  });
});

describe('reminders', () => {
  const reminder = { ...EVENT, reminder: true } as const;

  test('alone they are sent without a row, and a failure to send is none of the commit', async () => {
    const seen = writesSeen();
    const before = await queued();
    await commit(rt, { writes: [putOnce(rt.ids.next('thing'))], events: [reminder] });
    expect(await queued()).toBe(before + 1);
    injectFaults(rt.sqs, first('SendMessageBatchCommand', 1, { kind: 'instead', error: noAnswer() }));
    const pk = rt.ids.next('thing');
    await commit(rt, { writes: [putOnce(pk)], events: [reminder] });

    expect(await find(pk)).toBeDefined();
    expect(await queued()).toBe(before + 1);
    expect(seen).toEqual([1, 1]);
  });

  test('beside another event they stand in its row, and leave with it', async () => {
    injectFaults(rt.sqs, first('SendMessageBatchCommand', 1, { kind: 'instead', error: noAnswer() }));
    const before = await queued();
    await commit(rt, { writes: [putOnce(rt.ids.next('thing'))], events: [reminder, EVENT] });
    expect(await outboxRows()).toBe(1);
    rt.clock.move(10_001);
    await sweepOutbox(rt, 10_000);
    expect(await queued()).toBe(before + 2);
  });

  test('one without a route is refused before anything is written', async () => {
    const pk = rt.ids.next('thing');
    const lost = unconsumed.draft({}, { reminder: true });
    await expect(commit(rt, { writes: [putOnce(pk)], events: [lost] })).rejects.toThrow('has no route');
    expect(await find(pk)).toBeUndefined();
  });
});

describe('outbox sweep', () => {
  test('sends what a crash left, and not what may be on its way right now', async () => {
    injectFaults(rt.sqs, first('SendMessageBatchCommand', 1, { kind: 'instead', error: noAnswer() }));
    const before = await queued();
    await commit(rt, { writes: [], events: [EVENT] });
    expect(await queued()).toBe(before);

    expect(await sweepOutbox(rt, 10_000)).toEqual({ sent: 0, failed: 0 });
    rt.clock.move(10_001);
    expect(await sweepOutbox(rt, 10_000)).toEqual({ sent: 1, failed: 0 });

    expect(await queued()).toBe(before + 1);
    expect(await outboxRows()).toBe(0);
  });

  test('counts what fails again and keeps it', async () => {
    injectFaults(rt.sqs, first('SendMessageBatchCommand', 2, { kind: 'instead', error: noAnswer() }));
    await commit(rt, { writes: [], events: [EVENT] });
    rt.clock.move(10_001);
    expect(await sweepOutbox(rt, 10_000)).toEqual({ sent: 0, failed: 1 });
    expect(await outboxRows()).toBe(1);
    await sweepOutbox(rt, 10_000);
  });
});

test('a correlation id travels from the request with the event and comes back out in what follows', async () => {
  const traced = { ...rt, correlationId: 'req-from-a-client' };
  const row = outboxRow(traced, rt.ids.next('cmt'), [EVENT]);
  expect(row.events).toMatchObject([{ correlationId: 'req-from-a-client' }]);

  const seen: (string | undefined)[] = [];
  const handler = onQueue({ body: domainEvent }, async ({ rt: world }) => {
    seen.push(world.correlationId);
  });
  const record = {
    messageId: 'm',
    body: JSON.stringify(row.events[0]),
    attributes: {},
    eventSourceARN: 'arn:aws:sqs:x:0:q',
  };
  await withRuntime(rt, () => handler({ Records: [record] } as unknown as SQSEvent, {} as Context));
  expect(seen).toEqual(['req-from-a-client']);
});
