import type { Invocation } from './engine/invocation.ts';
import { Ledger } from './engine/ledger.ts';
import { SimulatedQueue } from './engine/queues.ts';
import { randomOf } from './engine/random.ts';
import { createTimeline } from './engine/timeline.ts';
import type { QueuePlan } from './engine/topology.ts';
import { awsFaults, createFaults, type FaultRates } from './faults/fault-plan.ts';
import { IndexHistory } from './faults/index-history.ts';

const plan = (more: Partial<QueuePlan> = {}): QueuePlan => ({
  name: 'work',
  fifo: false,
  visibilityMs: 30_000,
  maxReceives: 3,
  consumer: { name: 'worker', handler: 'worker.handler', timeoutMs: 5000, batchSize: 10, maxConcurrency: 10 },
  ...more,
});

const calm = createFaults(Object.fromEntries(awsFaults.map((kind) => [kind, 0])) as FaultRates);
const invocation = { faults: [] } as unknown as Invocation;

/** A queue whose consumer fails at these bodies, and what it got, with the seconds since the start. */
const queueOf = (queuePlan: QueuePlan, failing: readonly string[] = []) => {
  const timeline = createTimeline(0);
  const got: [string, number][] = [];
  const queue = new SimulatedQueue(queuePlan, {
    timeline,
    faults: calm,
    random: randomOf('queue'),
    consume: async (_, batch) => {
      for (const { body } of batch) got.push([body, Math.floor(timeline.nowMs() / 1000)]);
      const failed = new Set(batch.flatMap(({ body, id }) => (failing.includes(body) ? [id] : [])));
      return { failed, outcome: { kind: 'answered', value: undefined, invocation } };
    },
  });
  return { timeline, queue, got };
};

describe('the simulated queue', () => {
  test('holds a message back for its delay', async () => {
    const { timeline, queue, got } = queueOf(plan());
    queue.send({ MessageBody: 'later', DelaySeconds: 20 });
    queue.send({ MessageBody: 'now' });
    await timeline.run(60_000);
    expect(got).toEqual([
      ['now', 0],
      ['later', 20],
    ]);
  });

  test('gives a failed message again after its visibility, and gives it up after its last receive', async () => {
    const { timeline, queue, got } = queueOf(plan(), ['poison']);
    queue.send({ MessageBody: 'poison' });
    await timeline.run(200_000);
    expect(got.map(([, atSec]) => atSec)).toEqual([0, 30, 60]);
    expect(queue.dead.map(({ message }) => message.body)).toEqual(['poison']);
  });

  test('lets nothing of a group pass one that failed, and other groups pass', async () => {
    const { consumer } = plan();
    const oneByOne = consumer && { ...consumer, batchSize: 1 };
    const options = { fifo: true, maxReceives: 9, ...(oneByOne && { consumer: oneByOne }) };
    const { timeline, queue, got } = queueOf(plan(options), ['a1']);
    for (const [group, body] of ['a1', 'a2', 'b1'].map((name) => [name[0], name] as const))
      queue.send({ MessageBody: body, MessageGroupId: group, MessageDeduplicationId: body });
    await timeline.run(100_000);
    expect(got.map(([body]) => body)).toContain('b1');
    expect(queue.messages.map(({ body }) => body)).toContain('a2');
  });

  test('takes a FIFO message once within five minutes', async () => {
    const { timeline, queue, got } = queueOf(plan({ fifo: true }));
    const entry = { MessageBody: 'once', MessageGroupId: 'a', MessageDeduplicationId: 'x' };
    queue.send(entry);
    queue.send(entry);
    await timeline.run(10_000);
    expect(got).toHaveLength(1);
  });
});

describe('what a run is evaluated by', () => {
  test('notes a transaction once, however often its token comes', () => {
    const ledger = new Ledger();
    const put = (n: number) => ({
      ClientRequestToken: 't',
      TransactItems: [{ Put: { TableName: 's-desk', Item: { pk: 'P', sk: 'S', n } } }],
    });
    ledger.apply('TransactWriteItems', put(1));
    expect(ledger.apply('TransactWriteItems', put(2))).toEqual([]);
    expect(ledger.find('desk', 'P', 'S')).toMatchObject({ n: 1 });
  });

  test('reads the update expressions that the product writes', () => {
    const ledger = new Ledger();
    const Key = { pk: 'P', sk: 'S' };
    ledger.apply('PutItem', { TableName: 's-desk', Item: { ...Key, old: 1, until: 'u', count: 2 } });
    ledger.apply('UpdateItem', {
      TableName: 's-desk',
      Key,
      UpdateExpression: 'SET #a = :a, guarded = until REMOVE old ADD count :one',
      ExpressionAttributeNames: { '#a': 'a' },
      ExpressionAttributeValues: { ':a': 'x', ':one': 1 },
    });
    expect(ledger.find('desk', 'P', 'S')).toEqual({ ...Key, a: 'x', until: 'u', guarded: 'u', count: 3 });
  });

  test('reads paths and sums in update expressions', () => {
    const ledger = new Ledger();
    const Key = { pk: 'P', sk: 'S' };
    ledger.apply('PutItem', {
      TableName: 's-sms',
      Item: { ...Key, version: 1, planned: { a: 'x', b: 'y' } },
    });
    ledger.apply('UpdateItem', {
      TableName: 's-sms',
      Key,
      UpdateExpression: 'SET planned.#id = :on, #version = #version + :one REMOVE planned.#gone',
      ExpressionAttributeNames: { '#id': 'c.d', '#version': 'version', '#gone': 'a' },
      ExpressionAttributeValues: { ':on': 'z', ':one': 1 },
    });
    expect(ledger.find('sms', 'P', 'S')).toEqual({ ...Key, version: 2, planned: { b: 'y', 'c.d': 'z' } });
  });

  test('keeps what an update writes only where nothing stands yet', () => {
    const ledger = new Ledger();
    const Key = { pk: 'P', sk: 'S' };
    ledger.apply('PutItem', { TableName: 's-sms', Item: { ...Key, dueAt: '1' } });
    for (const next of ['2', '3'])
      ledger.apply('UpdateItem', {
        TableName: 's-sms',
        Key,
        UpdateExpression: 'SET deadline = if_not_exists(deadline, dueAt), dueAt = :next',
        ExpressionAttributeValues: { ':next': next },
      });
    expect(ledger.find('sms', 'P', 'S')).toEqual({ ...Key, deadline: '1', dueAt: '3' });
  });

  test('answers an index as it stood before', () => {
    const history = new IndexHistory();
    const item = (dueAt: string) => ({ pk: 'P', sk: 'S', dueShard: 'near#0', dueAt });
    const change = { table: 'desk', pk: 'P', sk: 'S' };
    history.note([{ ...change, before: undefined, after: item('1') }], 1000);
    history.note([{ ...change, before: item('1'), after: undefined }], 2000);
    const query = {
      TableName: 's-desk',
      ExpressionAttributeNames: { '#p': 'dueShard', '#s': 'dueAt' },
      ExpressionAttributeValues: { ':p': 'near#0', ':s': '5' },
      Limit: 10,
    };
    expect(history.query(query, 1500).Items).toEqual([{ pk: 'P', sk: 'S', dueShard: 'near#0', dueAt: '1' }]);
    expect(history.query(query, 2500).Items).toEqual([]);
  });
});
