import { listUnindexedWaits } from '../../../lib/desk/core/due-list-repository.ts';
import { findItem } from '../../../lib/desk/core/table.ts';
import { lineKey } from '../../../lib/desk/core/ticket-repository.ts';
import { waitWarned } from '../../../lib/desk/events.ts';
import { timerSet } from '../../../lib/desk/internal-events.ts';
import type { Ticket } from '../../../lib/desk/model.ts';
import { sweepWaits } from '../../../lib/desk/timers/sweep-waits.ts';
import { instant } from '../../../lib/platform/clock.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import {
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
  tick,
} from '../../support/aws/index.ts';
import { addTicket, ticketNow } from '../../support/desk.ts';
import { first, injectFaults, noAnswer } from '../../support/faults.ts';
import { listenToEvents, newUser, ofType, openDesk, putLimits, type TestUser } from '../../support/staff.ts';

const SEC = 1000;
const TICK = 'functions/desk/dispatch-tick.schedule';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;
let deskId: string;
let seen: DomainEvent[];

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
  seen = listenToEvents(rt);
  deskId = await openDesk(rt, manager);
});

const placeOf = async (ticket: Ticket) => {
  const key = lineKey(await ticketNow(rt, ticket.id));
  return key && findItem(rt, key);
};
const isIndexed = async (ticket: Ticket): Promise<boolean> =>
  typeof (await placeOf(ticket))?.dueShard === 'string';
const warned = ({ id }: Ticket): number =>
  ofType(seen, waitWarned).filter(({ data }) => data.ticketId === id).length;
/** What waits for delivery is never delivered: it waits in the runtime left behind. */
const loseMessages = async (): Promise<void> => {
  rt = await testRuntime(aws, { clock: rt.clock });
  seen = listenToEvents(rt);
};
const agoSec = (sec: number) => instant(rt.clock.nowMs() - sec * SEC);

describe('a first wait in the new line', () => {
  test('R-DESK-09 stands in no index until its warning, and then in it until its end', async () => {
    const ticket = await addTicket(rt, { deskId });
    expect(await placeOf(ticket)).toMatchObject({ dueAt: instant(rt.clock.nowMs() + 240 * SEC) });
    expect(await isIndexed(ticket)).toBe(false);
    await drain(rt, { advanceMs: 242 * SEC });
    expect(warned(ticket)).toBe(1);
    expect(await isIndexed(ticket)).toBe(true);
  });

  test.each<[string, () => Partial<Ticket>]>([
    ['urgent', () => ({ line: 'urgent' })],
    ['promoted', () => ({ line: 'urgent', urgent: false, promoted: true })],
    ['orphaned', () => ({ line: 'orphaned' })],
    ['handed back', () => ({ orderedAt: agoSec(60) })],
    ['opened after its warning was due', () => ({ orderedAt: agoSec(250), waitingSince: agoSec(250) })],
  ])('R-DESK-09 of a ticket that is %s is none: it stands in the index', async (_, given) => {
    expect(await isIndexed(await addTicket(rt, { deskId, ...given() }))).toBe(true);
  });

  test('R-DESK-09 whose warning is too far for a message stands in the index', async () => {
    await putLimits(manager, deskId, { maxWaitSec: 1800 });
    expect(await isIndexed(await addTicket(rt, { deskId }))).toBe(true);
  });

  test('R-DESK-09 whose message was lost is warned about by the next tick, also behind pages of those handed back', async () => {
    const since = instant(rt.clock.nowMs());
    const handBack = () => addTicket(rt, { deskId, orderedAt: agoSec(900), waitingSince: since });
    await Promise.all(Array.from({ length: 101 }, handBack));
    const ticket = await addTicket(rt, { deskId });
    await loseMessages();
    rt.clock.move(244 * SEC);
    await tick(rt, TICK);
    await drain(rt);
    expect(warned(ticket)).toBe(0);
    rt.clock.move(2 * SEC);
    await tick(rt, TICK);
    await drain(rt);
    expect(warned(ticket)).toBe(1);
    await drain(rt, { advanceMs: 58 * SEC });
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ line: 'urgent', promoted: true });
  });

  test('R-DESK-09 is sent again where the tick ended between sending and noting it, and then no more', async () => {
    const ticket = await addTicket(rt, { deskId });
    await loseMessages();
    rt.clock.move(246 * SEC);
    injectFaults(rt.dynamo, first('UpdateItemCommand', 1, { kind: 'instead', error: noAnswer() }));
    const sent = () =>
      ofType(seen, timerSet).filter(({ data }) => JSON.stringify(data).includes(ticket.id)).length;
    await expect(sweepWaits(rt, [deskId])).rejects.toThrow('socket hang up');
    expect(sent()).toBe(1);
    for (let minute = 0; minute < 2; minute += 1) {
      await sweepWaits(rt, [deskId]);
      expect(sent()).toBe(2);
    }
  });

  test('R-DESK-09 of one desk is found where another cannot be looked at', async () => {
    const tickets = [
      await addTicket(rt, { deskId }),
      await addTicket(rt, { deskId: await openDesk(rt, manager) }),
    ];
    await loseMessages();
    rt.clock.move(246 * SEC);
    injectFaults(rt.dynamo, first('QueryCommand', 1, { kind: 'instead', error: noAnswer() }));
    const sweep = sweepWaits(
      rt,
      tickets.map((ticket) => ticket.deskId),
    );
    await expect(sweep).rejects.toThrow('socket hang up');
    const indexed = await Promise.all(tickets.map(isIndexed));
    expect(indexed.filter(Boolean)).toHaveLength(1);
  });

  test('R-DESK-09 is brought into the index by shorter waits, and warned about in their time though its message is lost', async () => {
    const ticket = await addTicket(rt, { deskId });
    await putLimits(manager, deskId, { maxWaitSec: 150 });
    await drain(rt, { advanceMs: 10 * SEC });
    expect(await placeOf(ticket)).toMatchObject({ dueShard: expect.stringMatching(/^near#/) });
    await loseMessages();
    rt.clock.move(116 * SEC);
    await tick(rt, TICK);
    await drain(rt);
    expect(warned(ticket)).toBe(1);
  });

  test('R-DESK-09 is found by longer waits in their time where its message was lost, and not before', async () => {
    const ticket = await addTicket(rt, { deskId });
    await putLimits(manager, deskId, { maxWaitSec: 600 });
    await loseMessages();
    rt.clock.move(400 * SEC);
    await sweepWaits(rt, [deskId]);
    await drain(rt);
    expect(warned(ticket)).toBe(0);
    expect(await isIndexed(ticket)).toBe(false);
    rt.clock.move(86 * SEC);
    await sweepWaits(rt, [deskId]);
    await drain(rt);
    expect(warned(ticket)).toBe(1);
  });

  test('R-DESK-09 that the tick has sent is not found in the line again', async () => {
    await addTicket(rt, { deskId });
    await loseMessages();
    rt.clock.move(246 * SEC);
    const unindexed = async () =>
      (await listUnindexedWaits(rt, { deskId, before: agoSec(0), limit: 10, after: undefined })).items;
    expect(await unindexed()).toHaveLength(1);
    await sweepWaits(rt, [deskId]);
    expect(await unindexed()).toEqual([]);
  });
});
