import { waitWarned } from '../../../lib/desk/events.ts';
import type { Ticket } from '../../../lib/desk/model.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
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
} from '../../support/staff.ts';

const SEC = 1000;
const TICK = 'functions/desk/dispatch-tick.schedule';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;
let deskId: string;
let received: DomainEvent[];

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
  received = listenToEvents(rt);
  deskId = await openDesk(rt, manager);
});

const advance = (sec: number) => drain(rt, { advanceMs: sec * SEC });
const told = (event: typeof waitWarned, ticket: Ticket): number =>
  ofType(received, event).filter(({ data }) => data.ticketId === ticket.id).length;

describe('acceptance', () => {
  const onlineExecutor = async () => {
    const executor = await hire(rt, manager, deskId);
    await comeOnline(executor);
    return executor;
  };

  /** Lets time pass while these keep sending heartbeats. */
  const pass = async (sec: number, ...executors: TestUser[]) => {
    for (let gone = 0; gone < sec; gone += 10) {
      await advance(Math.min(10, sec - gone));
      for (const executor of executors) await beatOf(executor);
    }
  };

  test('R-DESK-09 a ticket nobody accepts goes to the orphaned line, past who missed it', async () => {
    const executor = await onlineExecutor();
    const ticket = await addTicket(rt, { deskId });
    await drain(rt);
    await pass(298, executor);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ state: 'assigned', executorId: executor.id });
    await pass(4, executor);
    const missed = await ticketNow(rt, ticket.id);
    expect(missed).toMatchObject({ state: 'waiting', line: 'orphaned' });
    const forgottenAt = Date.parse(missed.passedOver[executor.id]!);
    expect(forgottenAt - Date.parse(missed.waitingSince!)).toBe(300 * SEC);
    expect(await executorNow(rt, executor.id)).toMatchObject({
      open: [],
      missesRunning: 1,
      presence: 'online',
    });
  });

  test('R-DESK-09 whoever missed it may have it again after five minutes', async () => {
    const executor = await onlineExecutor();
    const ticket = await addTicket(rt, { deskId });
    await drain(rt);
    await pass(590, executor);
    expect((await ticketNow(rt, ticket.id)).state).toBe('waiting');
    await pass(15, executor);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ state: 'assigned', executorId: executor.id });
  });

  test('R-DESK-09 two misses running set an executor away', async () => {
    const executor = await onlineExecutor();
    await addTicket(rt, { deskId });
    await drain(rt);
    await pass(100, executor);
    await addTicket(rt, { deskId });
    await drain(rt);
    await pass(205, executor);
    expect(await executorNow(rt, executor.id)).toMatchObject({ presence: 'online', missesRunning: 1 });
    await pass(100, executor);
    expect(await executorNow(rt, executor.id)).toMatchObject({
      presence: 'away',
      missesRunning: 0,
      open: [],
    });
  });

  test('R-DESK-09 tickets of one decision are one miss, however many', async () => {
    const tickets = [await addTicket(rt, { deskId, line: 'urgent' }), await addTicket(rt, { deskId })];
    const executor = await onlineExecutor();
    await drain(rt);
    expect(
      new Set(await Promise.all(tickets.map(async ({ id }) => (await ticketNow(rt, id)).decision))).size,
    ).toBe(1);
    await pass(62, executor);
    // The urgent one is over first; the other has its own time.
    expect((await executorNow(rt, executor.id)).open).toEqual([tickets[1]!.id]);
    await pass(242, executor);
    expect(await executorNow(rt, executor.id)).toMatchObject({
      presence: 'online',
      open: [],
      missesRunning: 1,
    });
  });

  test('R-DESK-09 an accepted ticket is not missed', async () => {
    const executor = await onlineExecutor();
    const ticket = await addTicket(rt, { deskId });
    await drain(rt);
    await executor.call(`POST /v1/tickets/${ticket.id}/accept`);
    await pass(310, executor);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ state: 'accepted', executorId: executor.id });
    expect((await executorNow(rt, executor.id)).missesRunning).toBe(0);
  });

  test('R-DESK-10 a ticket waiting for its client closes itself after a day', async () => {
    const executor = await onlineExecutor();
    const ticket = await addTicket(rt, { deskId });
    await drain(rt);
    await executor.call(`POST /v1/tickets/${ticket.id}/accept`);
    await executor.call(`POST /v1/tickets/${ticket.id}/waiting`);
    expect((await ticketNow(rt, ticket.id)).state).toBe('waitingClient');
    rt.clock.move((24 * 3600 - 30) * SEC);
    await tick(rt, TICK);
    await drain(rt);
    expect((await ticketNow(rt, ticket.id)).state).toBe('waitingClient');
    await advance(32);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ state: 'closed', closedBy: 'system' });
    expect((await executorNow(rt, executor.id)).parked).toEqual([]);
  });

  test("R-DESK-09 the numbers of a miss are the desk's own: warning, passed over, misses until away", async () => {
    await putLimits(manager, deskId, {
      maxWaitSec: 100,
      waitWarningPercent: 50,
      passedOverAfterMissSec: 40,
      missesUntilAway: 1,
    });
    const waiting = await addTicket(rt, { deskId });
    await pass(51);
    expect(told(waitWarned, waiting)).toBe(1);
    const executor = await onlineExecutor();
    await drain(rt);
    await pass(101, executor);
    const missed = await ticketNow(rt, waiting.id);
    const forgottenAt = Date.parse(missed.passedOver[executor.id]!);
    expect(forgottenAt - Date.parse(missed.waitingSince!)).toBe(40 * SEC);
    expect((await executorNow(rt, executor.id)).presence).toBe('away');
  });

  test('R-DESK-10 a decline is forgotten, and a parked ticket closes, when the desk says so', async () => {
    await putLimits(manager, deskId, { passedOverAfterDeclineSec: 20, closeUnansweredSec: 120 });
    const executor = await onlineExecutor();
    const ticket = await addTicket(rt, { deskId });
    await drain(rt);
    await executor.call(`POST /v1/tickets/${ticket.id}/decline`, { body: {} });
    await pass(15, executor);
    expect((await ticketNow(rt, ticket.id)).state).toBe('waiting');
    await pass(8, executor);
    expect((await ticketNow(rt, ticket.id)).state).toBe('assigned');
    await executor.call(`POST /v1/tickets/${ticket.id}/accept`);
    await executor.call(`POST /v1/tickets/${ticket.id}/waiting`);
    // What was decided under a number keeps it.
    await putLimits(manager, deskId, { closeUnansweredSec: 3600 });
    await pass(115, executor);
    expect((await ticketNow(rt, ticket.id)).state).toBe('waitingClient');
    await pass(10, executor);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ state: 'closed', closedBy: 'system' });
    const { body } = await manager.call(`GET /v1/tickets/${ticket.id}/messages`);
    expect(body.items.at(-1).text).toBe('Closed: the client did not answer for 2 minutes.');
  });
});
