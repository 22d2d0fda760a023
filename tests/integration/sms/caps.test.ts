import { settleDue } from '../../../lib/sms/deferral/settle-due.ts';
import { call } from '../../support/aws/index.ts';
import { countRequests } from '../../support/count-requests.ts';
import { first, injectFaults, noAnswer, transactionConflict } from '../../support/faults.ts';
import {
  addEntity,
  besides,
  countedFor,
  register,
  type SmsWorld,
  smsBody,
  smsWorld,
} from '../../support/sms.ts';
import { userOn } from '../../support/staff.ts';
import { strength } from '../../support/strength.ts';

const MANY = strength(200, 1000);

let world: SmsWorld;
let entityId: string;

beforeEach(async () => {
  world = await smsWorld();
  entityId = await addEntity(world);
});
afterEach(() => world.aws.stop());

interface Answered {
  readonly status: number;
  /** Of a problem, which there must not be. */
  readonly code?: string;
  readonly state: string;
  readonly rules: readonly string[];
}

/** So many requests at once, each under a key of its own. */
const flood = async (
  rt: SmsWorld['rt'],
  count: number,
  more: object,
  prefix = 'flood',
): Promise<Answered[]> => {
  const token = await rt.token({ id: world.manager.id, roles: ['manager'] });
  const answers = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      call(rt, 'POST /v1/sms', { token, key: `${prefix}-${n}`, body: smsBody(entityId, more) }),
    ),
  );
  return answers.map(({ status, body }) => ({
    status,
    code: body.code,
    state: body.state,
    rules: (body.trace ?? [])
      .filter(({ verdict }: { verdict: string }) => verdict === 'deny')
      .map(({ rule }: { rule: string }) => rule),
  }));
};

const expectTwoPass = async (answers: readonly Answered[]): Promise<void> => {
  expect(new Set(answers.map(({ status, code }) => `${status} ${code ?? ''}`))).toEqual(new Set(['201 ']));
  expect(answers.filter(({ state }) => state === 'queued')).toHaveLength(2);
  const denied = answers.filter(({ state }) => state === 'denied');
  expect(denied).toHaveLength(answers.length - 2);
  expect(denied.every(({ rules }) => rules.includes('law-caps'))).toBe(true);
  expect(Object.values(await countedFor(world.rt, entityId))).toEqual(['2026-03-02', '2026-03-02']);
};

describe('parallel requests', () => {
  test(`R-SMS-07 of ${MANY} at once against two a day exactly two pass, and every other gets the verdict of the cap; none tries a transaction in vain, or reads more than twice`, async () => {
    const rt = await besides(world);
    const counted = countRequests(rt);
    await expectTwoPass(await flood(rt, MANY, { overCap: 'deny' }));
    const { calls } = counted();
    expect(calls.TransactWriteItemsCommand).toBe(MANY);
    expect(calls.BatchGetItemCommand).toBeLessThanOrEqual(2 * MANY);
    expect(calls.QueryCommand ?? 0).toBeLessThan(10);
  });

  test('R-SMS-07 in ten processes at once exactly two pass as well, and nobody gets a 5xx', async () => {
    const processes = await Promise.all(Array.from({ length: 10 }, () => besides(world)));
    const answers = await Promise.all(
      processes.map((rt, n) => flood(rt, 20, { overCap: 'deny' }, `process-${n}`)),
    );
    await expectTwoPass(answers.flat());
  });

  test('R-SMS-07 and so they do under transaction conflicts and lost answers', async () => {
    const rt = await besides(world);
    let count = 0;
    injectFaults(rt.dynamo, (command) => {
      if (command !== 'TransactWriteItemsCommand') return { kind: 'none' };
      count += 1;
      if (count % 3 === 1) return { kind: 'instead', error: transactionConflict() };
      return count % 7 === 2 ? { kind: 'after', error: noAnswer() } : { kind: 'none' };
    });
    await expectTwoPass(await flood(rt, MANY, { overCap: 'deny' }));
    expect(count).toBeGreaterThan(MANY);
  });

  test('R-SMS-07 a store that only conflicts for a while is asked until it answers, never a 5xx', async () => {
    const rt = await besides(world);
    injectFaults(
      rt.dynamo,
      first('TransactWriteItemsCommand', 20, { kind: 'instead', error: transactionConflict() }),
    );
    expect(await flood(rt, 1, {})).toMatchObject([{ status: 201, state: 'queued' }]);
    expect(Object.values(await countedFor(world.rt, entityId))).toEqual(['2026-03-02']);
  });

  test('R-SMS-07 asked to wait, they fill day after day and week after week, and never one too many', async () => {
    const answers = await flood(world.rt, 60, { validitySec: 13 * 86_400 });
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    const days = Object.values(await countedFor(world.rt, entityId)).toSorted();
    expect(days).toEqual([
      ...['2026-03-02', '2026-03-02', '2026-03-03', '2026-03-03'],
      ...['2026-03-09', '2026-03-09', '2026-03-10', '2026-03-10'],
    ]);
    expect(answers.filter(({ state }) => state === 'queued')).toHaveLength(2);
    expect(answers.filter(({ state }) => state === 'deferred')).toHaveLength(6);
  });

  test('R-SMS-07 two entities each have their own caps for one phone', async () => {
    const other = await addEntity(world);
    const states = [];
    for (const each of [entityId, other, entityId, other]) {
      states.push((await register(world, each, { overCap: 'deny' })).state);
    }
    expect(states).toEqual(['queued', 'queued', 'queued', 'queued']);
    expect((await register(world, other, { overCap: 'deny' })).state).toBe('denied');
  });
});

describe('the count', () => {
  const settle = async (smsId: string, at: string) => {
    world.rt.clock.moveTo(Date.parse(at));
    await settleDue(world.rt, { smsId });
    return (await world.manager.call(`GET /v1/sms/${smsId}`)).body;
  };

  test('R-SMS-07 a message over the cap is counted on the day it waits for', async () => {
    await register(world, entityId);
    await register(world, entityId);
    const third = await register(world, entityId, { validitySec: 2 * 86_400 });
    expect(third).toMatchObject({ state: 'deferred', nextAllowedAt: '2026-03-03T06:00:00.000Z' });
    expect(third.trace.find(({ rule }: { rule: string }) => rule === 'law-caps')).toMatchObject({
      verdict: 'defer',
      value: 'day 2, week 2, month 2',
      limit: 'day 2, week 4, month 16',
      nextAllowedAt: '2026-03-03T06:00:00.000Z',
    });
    expect((await countedFor(world.rt, entityId))[third.smsId]).toBe('2026-03-03');
  });

  test('R-SMS-07 deferral moves the count when its day changes', async () => {
    world = await smsWorld('2026-03-02T12:00:00.000Z');
    entityId = await addEntity(world);
    const { smsId } = await register(world, entityId, { validitySec: 5 * 86_400 });
    expect(await countedFor(world.rt, entityId)).toEqual({ [smsId]: '2026-03-03' });
    // On the day it was to go, that day has become a holiday on which nothing may go.
    const never = { from: '10:00', to: '10:30' };
    const { version } = (await world.manager.call('GET /v1/sms-settings')).body;
    await world.manager.call('PATCH /v1/sms-settings', { ifMatch: `"${version}"`, body: { window: never } });
    expect((await settle(smsId, '2026-03-03T06:00:00.000Z')).state).toBe('denied');
    expect(await countedFor(world.rt, entityId)).toEqual({});
  });

  test('R-SMS-07 missed by its reminder for a day, a deferred message moves its count to the day it may go', async () => {
    world = await smsWorld('2026-03-02T12:00:00.000Z');
    entityId = await addEntity(world);
    const { smsId } = await register(world, entityId, { validitySec: 5 * 86_400 });
    expect(await settle(smsId, '2026-03-03T11:00:00.000Z')).toMatchObject({
      state: 'deferred',
      nextAllowedAt: '2026-03-04T06:00:00.000Z',
    });
    expect(await countedFor(world.rt, entityId)).toEqual({ [smsId]: '2026-03-04' });
    expect(await settle(smsId, '2026-03-04T06:00:00.000Z')).toMatchObject({ state: 'queued' });
    expect(await countedFor(world.rt, entityId)).toEqual({ [smsId]: '2026-03-04' });
  });

  test('R-SMS-07 cancelling gives it back, and another message may go', async () => {
    const first = await register(world, entityId);
    await register(world, entityId);
    expect((await register(world, entityId, { overCap: 'deny' })).state).toBe('denied');
    const cancelled = await world.manager.call(`POST /v1/sms/${first.smsId}/cancel`);
    expect([cancelled.status, cancelled.body.state, cancelled.body.plannedOn]).toEqual([
      200,
      'cancelled',
      undefined,
    ]);
    const again = await world.manager.call(`POST /v1/sms/${first.smsId}/cancel`);
    expect([again.status, again.body.version]).toEqual([200, cancelled.body.version]);
    expect((await register(world, entityId, { overCap: 'deny' })).state).toBe('queued');
  });

  test('R-SMS-07 R-SMS-09 a message whose time is over expires and gives it back', async () => {
    const { smsId } = await register(world, entityId, { validitySec: 60 });
    expect(Object.keys(await countedFor(world.rt, entityId))).toEqual([smsId]);
    expect(await settle(smsId, '2026-03-02T07:01:00.000Z')).toMatchObject({
      state: 'expired',
      reason: 'validity',
    });
    expect(await countedFor(world.rt, entityId)).toEqual({});
  });

  test('R-SMS-06 what was deferred is evaluated again: an entity stopped meanwhile sends nothing', async () => {
    world = await smsWorld('2026-03-02T12:00:00.000Z');
    entityId = await addEntity(world);
    const { smsId } = await register(world, entityId);
    await world.manager.call(`POST /v1/legal-entities/${entityId}/deactivate`, { body: {} });
    const settled = await settle(smsId, '2026-03-03T06:00:00.000Z');
    expect(settled).toMatchObject({ state: 'denied', reason: 'entity-active' });
    expect(await countedFor(world.rt, entityId)).toEqual({});
  });

  test('R-SMS-02 what has been handed over cannot be cancelled, and early reminders change nothing', async () => {
    const { smsId } = await register(world, entityId);
    const before = (await world.manager.call(`GET /v1/sms/${smsId}`)).body;
    await settleDue(world.rt, { smsId });
    expect((await world.manager.call(`GET /v1/sms/${smsId}`)).body).toEqual(before);
  });
});

describe('cost', () => {
  const requestsOf = async (rt: SmsWorld['rt'], work: () => Promise<unknown>): Promise<string[]> => {
    const sent: string[] = [];
    for (const client of [rt.dynamo, rt.sqs]) {
      const stack = client.middlewareStack as SmsWorld['rt']['sqs']['middlewareStack'];
      stack.add(
        (next, context) => (args) => {
          sent.push(String(context.commandName));
          return next(args);
        },
        { step: 'initialize', priority: 'low', name: `count${sent.length}${rt.ids.next('c')}` },
      );
    }
    await work();
    return sent;
  };

  const FOUR = [
    'BatchGetItemCommand',
    'TransactWriteItemsCommand',
    'SendMessageBatchCommand',
    'DeleteItemCommand',
  ];

  test('R-SMS-01 accepting is four requests, however many entities, rules and messages there are', async () => {
    const rt = await besides(world);
    const manager = userOn(rt, world.manager, 'manager');
    const send =
      (n: number, of = entityId) =>
      () =>
        manager.call('POST /v1/sms', {
          key: `k${n}`,
          body: smsBody(of, { phone: `+7916400000${n}`, overCap: 'deny' }),
        });
    await send(0)();
    expect(await requestsOf(rt, send(1))).toEqual(FOUR);
    const limits = { debt: { perDay: 1, perWeek: 2, perMonth: 3 } };
    const crowded = [];
    for (let n = 0; n < 10; n += 1) crowded.push(await addEntity(world, { limits }));
    for (let n = 0; n < 10; n += 1) await register(world, crowded[n] ?? '', { phone: '+79164000002' });
    const requests = await requestsOf(rt, send(2, crowded[9]));
    expect(new Set(requests)).toEqual(new Set(FOUR));
  });
});
