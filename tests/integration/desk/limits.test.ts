import { auditRecorded } from '../../../lib/platform/audit.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addTicket, executorNow, ticketNow } from '../../support/desk.ts';
import {
  comeOnline,
  hire,
  listenToEvents,
  newUser,
  ofType,
  openDesk,
  putLimits,
  type TestUser,
} from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;
let deskId: string;

beforeEach(async () => {
  // The registry is one for the whole system: each test has a system of its own.
  aws = await startAws();
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
  deskId = await openDesk(rt, manager);
});
afterEach(() => aws.stop());

const limitsOf = async (scope?: string) =>
  (await manager.call(`GET /v1/limits${scope ? `?deskId=${scope}` : ''}`)).body;

describe('limits', () => {
  test('R-DESK-01 the registry starts with the defaults', async () => {
    expect(await limitsOf()).toEqual({
      deskId: null,
      version: 0,
      values: {
        maxTicketsPerExecutor: 5,
        maxUrgentTicketsPerExecutor: 2,
        maxWaitSec: 300,
        maxUrgentWaitSec: 60,
        maxReconnectWaitSec: 120,
        heartbeatPeriodSec: 10,
        missedHeartbeats: 3,
        waitWarningPercent: 80,
        passedOverAfterMissSec: 300,
        passedOverAfterDeclineSec: 300,
        missesUntilAway: 2,
        closeUnansweredSec: 86_400,
        urgentMessagesPerDay: 3,
        notUrgentHoldSec: 86_400,
        estimateMinIntervals: 20,
      },
      own: expect.objectContaining({ maxWaitSec: 300 }),
    });
  });

  test("R-DESK-01 a desk's own value wins over the global one until null takes it away", async () => {
    await putLimits(manager, undefined, { maxWaitSec: 200 });
    expect((await limitsOf(deskId)).values.maxWaitSec).toBe(200);
    const own = await putLimits(manager, deskId, { maxWaitSec: 100 });
    expect([own.status, own.body.values.maxWaitSec, own.body.own]).toEqual([200, 100, { maxWaitSec: 100 }]);
    await putLimits(manager, undefined, { maxWaitSec: 250 });
    expect((await limitsOf(deskId)).values.maxWaitSec).toBe(100);
    const back = await putLimits(manager, deskId, { maxWaitSec: null });
    expect([back.body.values.maxWaitSec, back.body.own]).toEqual([250, {}]);
  });

  test('R-DESK-01 a change that breaks the pair of a desk is refused and names the desk', async () => {
    await putLimits(manager, deskId, { maxUrgentTicketsPerExecutor: 4 });
    const broken = await putLimits(manager, undefined, { maxTicketsPerExecutor: 3 });
    expect([broken.status, broken.body.code]).toEqual([422, 'limits-pair']);
    expect(broken.body.detail).toContain(deskId);
    expect((await limitsOf()).values.maxTicketsPerExecutor).toBe(5);
    const global = await putLimits(manager, undefined, { maxUrgentTicketsPerExecutor: 6 });
    expect(global.body.detail).toContain('globally');
  });

  test('R-DESK-01 values stay within their ranges', async () => {
    const wrong = [
      { maxTicketsPerExecutor: 0 },
      { maxTicketsPerExecutor: 201 },
      { maxWaitSec: 4 },
      { maxWaitSec: 604_801 },
      { maxUrgentWaitSec: 5.5 },
      { maxReconnectWaitSec: '60' },
      { maxLuck: 7 },
      { maxWaitSec: null },
      {},
    ];
    for (const values of wrong) {
      const { status, body } = await manager.call('PATCH /v1/limits', { ifMatch: '"0"', body: { values } });
      expect([values, status, body.code]).toEqual([values, 400, 'invalid-request']);
    }
    expect((await limitsOf()).version).toBe(0);
  });

  test('R-DESK-01 a raised cap hands out what waits, with the next message and no tick', async () => {
    await putLimits(manager, deskId, { maxTicketsPerExecutor: 2 });
    const executor = await hire(rt, manager, deskId);
    await comeOnline(executor);
    for (let i = 0; i < 4; i += 1) await addTicket(rt, { deskId });
    await drain(rt);
    expect((await executorNow(rt, executor.id)).open).toHaveLength(2);
    const before = rt.clock.nowMs();
    await putLimits(manager, deskId, { maxTicketsPerExecutor: 4 });
    await drain(rt);
    expect((await executorNow(rt, executor.id)).open).toHaveLength(4);
    expect(rt.clock.nowMs() - before).toBeLessThan(5000);
  });

  test('R-DESK-01 lowering a cap takes no ticket away, and gives none until there is room', async () => {
    const executor = await hire(rt, manager, deskId);
    await comeOnline(executor);
    for (let i = 0; i < 3; i += 1) await addTicket(rt, { deskId });
    await drain(rt);
    await putLimits(manager, deskId, { maxTicketsPerExecutor: 2 });
    const later = await addTicket(rt, { deskId });
    await drain(rt);
    expect((await executorNow(rt, executor.id)).open).toHaveLength(3);
    expect((await ticketNow(rt, later.id)).state).toBe('waiting');
  });

  test('two managers at once: the second is told that it changed', async () => {
    const change = (maxWaitSec: number) =>
      manager.call('PATCH /v1/limits', { ifMatch: '"0"', body: { values: { maxWaitSec } } });
    const answers = await Promise.all([change(100), change(101), change(102)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect((await limitsOf()).version).toBe(1);
  });

  test('a change needs If-Match, and a desk that exists', async () => {
    const body = { values: { maxWaitSec: 100 } };
    const without = await manager.call('PATCH /v1/limits', { body });
    expect([without.status, without.body.code]).toEqual([428, 'if-match-required']);
    const desk = rt.ids.next('dsk');
    const unknown = await manager.call('PATCH /v1/limits', {
      ifMatch: '"0"',
      body: { ...body, deskId: desk },
    });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'desk-not-found']);
    expect((await manager.call(`GET /v1/limits?deskId=${desk}`)).body.code).toBe('desk-not-found');
  });

  test('R-ADM-02 a change says who, when, from what to what, in the audit log and the history', async () => {
    const received = listenToEvents(rt);
    await putLimits(manager, undefined, { maxWaitSec: 200, maxUrgentWaitSec: 50 });
    await putLimits(manager, deskId, { maxWaitSec: 100 });
    const [first, second] = ofType(received, auditRecorded);
    expect(first?.data).toMatchObject({
      actor: { id: manager.id },
      action: 'limits.changed',
      subject: 'settings/limits',
      details: {
        changes: [
          { name: 'maxWaitSec', from: 300, to: 200 },
          { name: 'maxUrgentWaitSec', from: 60, to: 50 },
        ],
      },
    });
    expect(second?.data).toMatchObject({
      subject: `settings/limits/${deskId}`,
      details: { changes: [{ name: 'maxWaitSec', from: null, to: 100 }] },
    });

    const page = await manager.call('GET /v1/limits/history?limit=1');
    expect(page.body.items).toMatchObject([{ version: 2, actorId: manager.id, deskId }]);
    const rest = await manager.call(`GET /v1/limits/history?limit=5&cursor=${page.body.nextCursor}`);
    expect(rest.body).toMatchObject({ items: [{ version: 1, deskId: null }], nextCursor: null });
  });

  test('the same values again change nothing', async () => {
    const first = await putLimits(manager, undefined, { maxWaitSec: 200 });
    const again = await putLimits(manager, undefined, { maxWaitSec: 200 });
    expect([first.body.version, again.body.version, again.headers.etag]).toEqual([1, 1, '"1"']);
  });

  test('a forged cursor of the history is refused', async () => {
    const forged = (sk: unknown) =>
      Buffer.from(JSON.stringify({ list: 'limits-history', key: { sk } })).toString('base64url');
    for (const sk of ['CURRENT', '', 7, '\ud800', `HISTORY#${'9'.repeat(400)}`]) {
      const { status, body } = await manager.call(`GET /v1/limits/history?cursor=${forged(sk)}`);
      expect([sk, status, body.code]).toEqual([sk, 400, 'invalid-cursor']);
    }
  });
});
