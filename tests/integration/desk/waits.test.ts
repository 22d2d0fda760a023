import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { listAlerts } from '../../../lib/desk/core/alert-repository.ts';
import { findTicket } from '../../../lib/desk/core/ticket-repository.ts';
import { ticketOverdue, waitWarned } from '../../../lib/desk/events.ts';
import { dispatchRequested, timerSet } from '../../../lib/desk/internal-events.ts';
import type { Ticket } from '../../../lib/desk/model.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { queueUrl } from '../../../lib/platform/config.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { sendEvents } from '../../../lib/platform/events/send.ts';
import {
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
  tick,
} from '../../support/aws/index.ts';
import { addTicket, ticketNow } from '../../support/desk.ts';
import { listenToEvents, newUser, ofType, openDesk, putLimits, type TestUser } from '../../support/staff.ts';

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
const told = (event: typeof waitWarned | typeof ticketOverdue, ticket: Ticket): number =>
  ofType(received, event).filter(({ data }) => data.ticketId === ticket.id).length;
const alertsOf = async ({ id }: Ticket) =>
  (await listAlerts(rt, deskId, { limit: 100 })).items.filter(({ ticketId }) => ticketId === id);

describe('waiting too long', () => {
  test('R-DESK-09 warns at 80 % of a wait, once', async () => {
    const ticket = await addTicket(rt, { deskId });
    await advance(239);
    expect(told(waitWarned, ticket)).toBe(0);
    await advance(3);
    expect(told(waitWarned, ticket)).toBe(1);
    await advance(50);
    expect(told(waitWarned, ticket)).toBe(1);
  });

  test('R-DESK-09 promotes from the new line at maxWait: urgent line, ordinary room, wait anew', async () => {
    const ticket = await addTicket(rt, { deskId });
    await advance(299);
    expect((await ticketNow(rt, ticket.id)).line).toBe('new');
    await advance(3);
    const promoted = await ticketNow(rt, ticket.id);
    expect(promoted).toMatchObject({ state: 'waiting', line: 'urgent', promoted: true, urgent: false });
    expect(promoted.orderedAt).toBe(ticket.orderedAt);
    expect(promoted.waitingSince! > instant(rt.clock.nowMs() - 3 * SEC)).toBe(true);
  });

  test('R-DESK-09 ticks over a queue that is behind send a late deadline once in five minutes, and then again', async () => {
    const tickets = await Promise.all(Array.from({ length: 12 }, () => addTicket(rt, { deskId })));
    const ids = new Set(tickets.map(({ id }) => id));
    const sent = () =>
      ofType(received, timerSet).filter(({ data }) =>
        ids.has((data.timer as { ticketId?: string }).ticketId ?? ''),
      ).length;
    expect(sent()).toBe(12);
    rt.clock.move(246 * SEC);
    for (let minute = 0; minute < 5; minute += 1) {
      await tick(rt, TICK);
      expect(sent()).toBe(24);
      rt.clock.move(59 * SEC);
    }
    rt.clock.move(12 * SEC);
    await tick(rt, TICK);
    expect(sent()).toBe(36);
  });

  test('R-DESK-09 a deadline whose messages were all lost is met five minutes later', async () => {
    const ticket = await addTicket(rt, { deskId });
    // The first message was never handed over: what waits for delivery waits in the runtime left behind here.
    rt = await testRuntime(aws, { clock: rt.clock });
    received = listenToEvents(rt);
    rt.clock.move(250 * SEC);
    await tick(rt, TICK);
    await rt.sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl(rt.env, 'timers') }));
    rt.clock.move(299 * SEC);
    await tick(rt, TICK);
    await advance(1);
    expect(told(waitWarned, ticket)).toBe(0);
    rt.clock.move(6 * SEC);
    await tick(rt, TICK);
    await advance(1);
    expect(told(waitWarned, ticket)).toBe(1);
  });

  test('R-DESK-09 a promoted ticket is overdue after maxUrgentWait, and managers are told once', async () => {
    const ticket = await addTicket(rt, { deskId });
    await advance(302);
    await advance(57);
    expect(await alertsOf(ticket)).toEqual([]);
    await advance(5);
    expect((await ticketNow(rt, ticket.id)).overdueAt).toBeDefined();
    for (let minute = 0; minute < 5; minute += 1) {
      await advance(60);
      await tick(rt, TICK);
    }
    await drain(rt);
    expect(await alertsOf(ticket)).toMatchObject([{ kind: 'overdue', line: 'urgent', urgent: false }]);
    expect(told(ticketOverdue, ticket)).toBe(1);
  });

  test('R-DESK-09 an urgent ticket is overdue after maxUrgentWait and stays in its line', async () => {
    const ticket = await addTicket(rt, { deskId, line: 'urgent' });
    await advance(62);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ line: 'urgent', promoted: false });
    expect(await alertsOf(ticket)).toHaveLength(1);
  });

  test('R-DESK-09 an orphan never changes line: it waits as long as its own class, then only alerts', async () => {
    const ordinary = await addTicket(rt, { deskId, line: 'orphaned', urgent: false });
    const urgent = await addTicket(rt, { deskId, line: 'orphaned', urgent: true });
    await advance(62);
    expect([(await alertsOf(ordinary)).length, (await alertsOf(urgent)).length]).toEqual([0, 1]);
    await advance(240);
    expect(await alertsOf(ordinary)).toHaveLength(1);
    expect(await ticketNow(rt, ordinary.id)).toMatchObject({ line: 'orphaned', promoted: false });
  });

  test('R-DESK-09 a doubled timer changes nothing', async () => {
    const ticket = await addTicket(rt, { deskId, line: 'urgent' });
    await advance(49);
    const twin = await testRuntime(aws, { clock: rt.clock });
    rt.clock.move(20 * SEC);
    for (let i = 0; i < 3; i += 1) await tick(twin, TICK);
    await Promise.all([drain(twin), drain(rt)]);
    await drain(twin);
    await drain(rt, { advanceMs: 60 * SEC });
    expect(await alertsOf(ticket)).toHaveLength(1);
  });

  test('R-DESK-09 longer waits count for a wait that runs', async () => {
    const ticket = await addTicket(rt, { deskId });
    await advance(100);
    await putLimits(manager, deskId, { maxWaitSec: 600 });
    await advance(210);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ line: 'new' });
    await advance(295);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ line: 'urgent', promoted: true });
    expect(told(waitWarned, ticket)).toBe(1);
  });

  test('R-DESK-01 shorter waits are in force at once for a wait that runs', async () => {
    const ticket = await addTicket(rt, { deskId });
    await advance(100);
    await putLimits(manager, deskId, { maxWaitSec: 90 });
    await advance(5);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ line: 'urgent', promoted: true });
  });

  test('R-DESK-08 a wait longer than a message can be delayed is kept by the tick', async () => {
    await putLimits(manager, deskId, { maxWaitSec: 1800 });
    const ticket = await addTicket(rt, { deskId });
    for (let minute = 0; minute < 29; minute += 1) {
      rt.clock.move(60 * SEC);
      await tick(rt, TICK);
    }
    await drain(rt);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ line: 'new' });
    await tick(rt, TICK);
    await advance(62);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ line: 'urgent', promoted: true });
    expect(told(waitWarned, ticket)).toBe(1);
  });

  test('R-DESK-08 a timer that comes early is sent again and fires in its time', async () => {
    const ticket = await addTicket(rt, { deskId });
    const [set] = ofType(received, timerSet).filter(({ data }) => JSON.stringify(data).includes(ticket.id));
    // Only the early one is delivered here: what the first runtime holds back never comes.
    const elsewhere = await testRuntime(aws, { clock: rt.clock });
    await sendEvents(elsewhere, [{ ...set!, deliverAt: undefined }]);
    await drain(elsewhere, { advanceMs: 242 * SEC });
    await drain(elsewhere, { advanceMs: 60 * SEC });
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ line: 'urgent', promoted: true });
  });

  test('R-DESK-08 timers that got lost are caught by the tick', async () => {
    const ticket = await addTicket(rt, { deskId });
    rt.clock.move(246 * SEC);
    for (let minute = 0; minute < 3; minute += 1) {
      const after = await testRuntime(aws, { clock: rt.clock });
      await tick(after, TICK);
      await drain(after);
      rt.clock.move(60 * SEC);
    }
    expect(await findTicket(rt, ticket.id)).toMatchObject({ line: 'urgent', promoted: true });
  });

  test('the tick wakes the dispatcher of a desk with a line', async () => {
    await addTicket(rt, { deskId });
    received.length = 0;
    await tick(rt, TICK);
    expect(ofType(received, dispatchRequested).map(({ data }) => data.deskId)).toContain(deskId);
  });
});
