import { findPresence } from '../../../lib/desk/executors/presence-repository.ts';
import { timerSet } from '../../../lib/desk/internal-events.ts';
import { auditRecorded } from '../../../lib/platform/audit.ts';
import { sendEvents } from '../../../lib/platform/events/send.ts';
import {
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
  tick,
} from '../../support/aws/index.ts';
import { addTicket, executorNow, ticketNow } from '../../support/desk.ts';
import {
  beatOf,
  comeOnline,
  hire,
  listenToEvents,
  newUser,
  ofType,
  openDesk,
  putLimits,
  type TestUser,
  userOn,
} from '../../support/staff.ts';

const SEC = 1000;
const STALE = 30 * SEC;
const RECONNECT = 120 * SEC;

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;
let deskId: string;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
  deskId = await openDesk(rt, manager);
});

const online = async (presence = 'online') => {
  const executor = await hire(rt, manager, deskId);
  await comeOnline(executor, presence);
  return executor;
};

const presenceOf = async ({ id }: TestUser) => (await executorNow(rt, id)).presence;

const withTickets = async (count: number) => {
  await putLimits(manager, deskId, { maxTicketsPerExecutor: 200, maxWaitSec: 3600 });
  const executor = await online();
  for (let i = 0; i < count; i += 1) await addTicket(rt, { deskId });
  await drain(rt);
  return executor;
};

describe('presence', () => {
  test('somebody without an executor record cannot come online', async () => {
    const { status, body } = await comeOnline(newUser(rt, 'executor'));
    expect([status, body.code]).toEqual([404, 'executor-not-found']);
  });

  test('an executor comes online with a heartbeat and is told when the next one is due', async () => {
    const executor = await hire(rt, manager, deskId);
    const { status, body } = await comeOnline(executor);
    expect(status).toBe(200);
    expect(body).toMatchObject({ presence: 'online', nextBeatInSec: 10, staleAfterSec: 30, open: 0 });
    expect(body.lastBeatAt).toBe(new Date(rt.clock.nowMs()).toISOString());
  });

  test('R-DESK-08 missed heartbeats make an executor suspect, not before and within two seconds', async () => {
    const executor = await online();
    await drain(rt, { advanceMs: STALE - 1 });
    expect(await presenceOf(executor)).toBe('online');
    await drain(rt, { advanceMs: 2 * SEC });
    expect(await presenceOf(executor)).toBe('suspect');
  });

  test('R-DESK-08 heartbeats keep an executor online on one chain of timers', async () => {
    const executor = await online();
    const received = listenToEvents(rt);
    for (let i = 0; i < 30; i += 1) {
      await drain(rt, { advanceMs: 10 * SEC });
      await beatOf(executor);
      await tick(rt, 'functions/desk/dispatch-tick.schedule');
    }
    expect(await presenceOf(executor)).toBe('online');
    const looks = ofType(received, timerSet).filter(({ data }) => JSON.stringify(data).includes(executor.id));
    expect(looks.length).toBeLessThanOrEqual(16);
  });

  test('R-DESK-08 a look that is delivered again and again leaves one chain', async () => {
    const received = listenToEvents(rt);
    const executor = await online();
    const looks = () =>
      ofType(received, timerSet).filter(({ data }) => JSON.stringify(data).includes(executor.id));
    const [first] = looks();
    for (let i = 0; i < 24; i += 1) {
      await drain(rt, { advanceMs: 10 * SEC });
      await beatOf(executor);
      if (i < 6) await sendEvents(rt, [{ ...first!, id: `again-${i}`, deliverAt: undefined }]);
    }
    const own = looks().filter(({ id }) => !id.startsWith('again'));
    // One every twenty to thirty seconds in four minutes; a second chain would make as many again.
    expect(own.length).toBeGreaterThanOrEqual(8);
    expect(own.length).toBeLessThanOrEqual(14);
  });

  test('R-DESK-08 a suspect gets nothing, and back in time keeps every ticket', async () => {
    const executor = await withTickets(3);
    await drain(rt, { advanceMs: STALE + SEC });
    const later = await addTicket(rt, { deskId });
    await drain(rt, { advanceMs: RECONNECT - 3 * SEC });
    expect((await ticketNow(rt, later.id)).state).toBe('waiting');

    const { body } = await beatOf(executor);
    expect(body).toMatchObject({ presence: 'online', open: 3, reconnectUntil: null });
    await drain(rt, { advanceMs: 5 * SEC });
    expect(await executorNow(rt, executor.id)).toMatchObject({ presence: 'online', epoch: 1 });
    expect((await ticketNow(rt, later.id)).executorId).toBe(executor.id);
  });

  test('R-DESK-08 a draining suspect comes back draining and is watched again', async () => {
    const executor = await online('draining');
    await drain(rt, { advanceMs: STALE + SEC });
    expect(await presenceOf(executor)).toBe('suspect');
    await beatOf(executor);
    expect(await presenceOf(executor)).toBe('draining');
    await drain(rt, { advanceMs: STALE + SEC });
    expect(await presenceOf(executor)).toBe('suspect');
  });

  test('R-DESK-08 a heartbeat after the reconnect wait comes too late, even before the timer', async () => {
    const executor = await withTickets(2);
    await drain(rt, { advanceMs: STALE + SEC });
    rt.clock.move(RECONNECT);
    const { body } = await beatOf(executor);
    expect(body).toMatchObject({ presence: 'offline', reconnectUntil: null });
    expect(await executorNow(rt, executor.id)).toMatchObject({ presence: 'offline', epoch: 2 });
    await drain(rt);
    expect((await executorNow(rt, executor.id)).open).toEqual([]);
    expect((await beatOf(executor)).body.presence).toBe('offline');
  });

  test('R-DESK-08 two hundred tickets of one who stays away go to the orphaned line', async () => {
    const executor = await withTickets(200);
    const { open } = await executorNow(rt, executor.id);
    expect(open.length).toBe(200);
    await drain(rt, { advanceMs: STALE + RECONNECT + 3 * SEC });
    expect(await executorNow(rt, executor.id)).toMatchObject({ presence: 'offline', epoch: 2, open: [] });
    const tickets = await Promise.all(open.map((id) => ticketNow(rt, id)));
    expect(
      tickets.every(
        ({ state, line, executorId }) => state === 'waiting' && line === 'orphaned' && !executorId,
      ),
    ).toBe(true);
    const { body } = await executor.call(`POST /v1/tickets/${open[0]}/accept`);
    expect(body.code).toBe('ticket-moved');
  });

  test('R-DESK-08 a change of the reconnect wait counts for a wait that runs', async () => {
    const executor = await online();
    await drain(rt, { advanceMs: STALE + SEC });
    await putLimits(manager, deskId, { maxReconnectWaitSec: 20 });
    await drain(rt, { advanceMs: 22 * SEC });
    expect(await presenceOf(executor)).toBe('offline');
  });

  test('R-DESK-08 on a new home desk its reconnect wait counts for a wait that runs', async () => {
    const shortDesk = await openDesk(rt, manager);
    await putLimits(manager, shortDesk, { maxReconnectWaitSec: 20 });
    const executor = await online();
    await drain(rt, { advanceMs: STALE + SEC });
    const path = `/v1/executors/${executor.id}`;
    const { headers } = await manager.call(`GET ${path}`);
    const body = { name: 'Moved', homeDeskId: shortDesk };
    expect((await manager.call(`PUT ${path}`, { body, ifMatch: headers.etag })).status).toBe(200);
    expect(await presenceOf(executor)).toBe('suspect');
    await drain(rt, { advanceMs: 22 * SEC });
    expect(await presenceOf(executor)).toBe('offline');
  });

  test('R-DESK-08 a longer reconnect wait counts for a wait that runs', async () => {
    const executor = await online();
    await drain(rt, { advanceMs: STALE + SEC });
    await putLimits(manager, deskId, { maxReconnectWaitSec: 300 });
    await drain(rt, { advanceMs: 290 * SEC });
    expect(await presenceOf(executor)).toBe('suspect');
    await drain(rt, { advanceMs: 15 * SEC });
    expect(await presenceOf(executor)).toBe('offline');
  });

  test('R-DESK-08 a timer that got lost is caught by the tick', async () => {
    const executor = await online();
    // Another runtime on the same store: what the first one held back is never delivered.
    const after = await testRuntime(aws, { clock: rt.clock });
    rt.clock.move(STALE + 6 * SEC);
    await tick(after, 'functions/desk/dispatch-tick.schedule');
    await drain(after);
    expect(await presenceOf(executor)).toBe('suspect');
    rt.clock.move(RECONNECT + 6 * SEC);
    const last = await testRuntime(aws, { clock: rt.clock });
    await tick(last, 'functions/desk/dispatch-tick.schedule');
    await drain(last);
    expect(await presenceOf(executor)).toBe('offline');
  });

  test('R-DESK-08 return, reconnect timer and a manager at once: one of them wins, and only once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const executor = await online();
      await drain(rt, { advanceMs: STALE + SEC });
      const { executor: before } = (await findPresence(rt, executor.id))!.stored;
      const elsewhere = await testRuntime(aws, { clock: rt.clock });
      await Promise.all([
        beatOf(executor),
        beatOf(userOn(elsewhere, executor, 'executor')),
        manager.call(`POST /v1/executors/${executor.id}/force-offline`, { body: { reason: 'gone' } }),
      ]);
      const now = await executorNow(rt, executor.id);
      expect([now.presence, now.epoch]).toEqual(['offline', before.epoch + 1]);
    }
  });

  test('a heartbeat costs three requests: the beat, the executor, the limits', async () => {
    const executor = await online();
    let requests = 0;
    rt.dynamo.middlewareStack.add((next) => (args) => {
      requests += 1;
      return next(args);
    });
    await beatOf(executor);
    expect(requests).toBe(3);
  });

  test('R-DESK-10 going offline gives every ticket back, going away only what was not accepted', async () => {
    const executor = await withTickets(2);
    const [kept = '', given = ''] = (await executorNow(rt, executor.id)).open;
    await executor.call(`POST /v1/tickets/${kept}/accept`);
    await comeOnline(executor, 'away');
    await drain(rt);
    expect(await executorNow(rt, executor.id)).toMatchObject({ presence: 'away', epoch: 1, open: [kept] });
    expect(await ticketNow(rt, given)).toMatchObject({ state: 'waiting', line: 'orphaned' });
    await comeOnline(executor, 'offline');
    await drain(rt);
    expect(await executorNow(rt, executor.id)).toMatchObject({ presence: 'offline', epoch: 2, open: [] });
    expect(await ticketNow(rt, kept)).toMatchObject({ state: 'waiting', line: 'orphaned' });
  });

  test('R-DESK-10 draining keeps tickets and gets no new one', async () => {
    const executor = await withTickets(1);
    await comeOnline(executor, 'draining');
    const ticket = await addTicket(rt, { deskId });
    await drain(rt);
    expect((await ticketNow(rt, ticket.id)).state).toBe('waiting');
    expect(await executorNow(rt, executor.id)).toMatchObject({
      presence: 'draining',
      open: [expect.any(String)],
    });
  });

  test('away and offline executors are not watched', async () => {
    const executor = await online();
    await comeOnline(executor, 'away');
    await drain(rt, { advanceMs: 10 * STALE });
    expect(await presenceOf(executor)).toBe('away');
    expect((await beatOf(executor)).body.presence).toBe('away');
    expect((await findPresence(rt, executor.id))?.due).toBeUndefined();
  });

  test('a manager forces an executor offline, with a reason that is audited', async () => {
    const executor = await online();
    const received = listenToEvents(rt);
    const path = `POST /v1/executors/${executor.id}/force-offline`;
    const first = await manager.call(path, { body: { reason: 'Left the building' } });
    expect([first.status, first.body.presence]).toEqual([200, 'offline']);
    const again = await manager.call(path, { body: { reason: 'Left the building' } });
    expect(again.body.version).toBe(first.body.version);
    const audit = ofType(received, auditRecorded);
    expect(audit.map(({ data }) => [data.action, (data.details as { reason: string }).reason])).toEqual([
      ['executor.forced-offline', 'Left the building'],
    ]);
    const unknown = await manager.call(`POST /v1/executors/${rt.ids.next('usr')}/force-offline`, {
      body: { reason: 'x' },
    });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'executor-not-found']);
  });
});
