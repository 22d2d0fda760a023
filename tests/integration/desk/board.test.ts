import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { alertWrite } from '../../../lib/desk/core/alert-repository.ts';
import { deskTable } from '../../../lib/desk/core/table.ts';
import { dispatchDesk } from '../../../lib/desk/dispatch/dispatch-desk.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket } from '../../support/desk.ts';
import { newUser, openDesk, type TestUser, userOn } from '../../support/staff.ts';

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
  deskId = await openDesk(rt, manager, { maxTicketsPerExecutor: 2, maxUrgentTicketsPerExecutor: 1 });
});

const board = async (desk = deskId) => (await manager.call(`GET /v1/board?deskId=${desk}`)).body;
const executor = (given: Parameters<typeof addExecutor>[1] = {}) =>
  addExecutor(rt, { homeDeskId: deskId, ...given });
const at = (offsetMs: number) => instant(rt.clock.nowMs() + offsetMs);
const exactly = (count: number) => ({ count, more: false });

describe('board', () => {
  test('R-DESK-06 shows each line with its head and how long that has been waiting', async () => {
    const head = await addTicket(rt, { deskId, orderedAt: at(-9000), waitingSince: at(-4000) });
    await addTicket(rt, { deskId, orderedAt: at(-2000) });
    const promoted = { line: 'urgent' as const, urgent: false, promoted: true };
    const first = await addTicket(rt, { deskId, ...promoted, orderedAt: at(-8000), waitingSince: at(-1500) });
    await addTicket(rt, { deskId, line: 'urgent', orderedAt: at(-7000) });

    const { lines } = await board();

    expect(lines).toEqual([
      { line: 'orphaned', waiting: exactly(0), head: null, headWaitSec: null },
      {
        line: 'urgent',
        waiting: exactly(2),
        head: { ticketId: first.id, orderedAt: at(-8000), waitingSince: at(-1500) },
        headWaitSec: 1.5,
      },
      {
        line: 'new',
        waiting: exactly(2),
        head: { ticketId: head.id, orderedAt: at(-9000), waitingSince: at(-4000) },
        headWaitSec: 4,
      },
    ]);
  });

  test('R-DESK-06 counts exactly what waits, beyond a hundred as well', async () => {
    const many = (count: number, given: object) =>
      Promise.all(
        Array.from({ length: count }, (_, i) => addTicket(rt, { deskId, orderedAt: at(-i), ...given })),
      );
    await many(100, { line: 'urgent' });
    await many(101, {});
    await many(102, { line: 'orphaned', urgent: false });

    const { lines } = await board();

    expect(lines.map((each: { waiting: object }) => each.waiting)).toEqual([
      exactly(102),
      exactly(100),
      exactly(101),
    ]);
  });

  test('R-DESK-05 shows the head of a long line of both kinds of room, wherever it stands', async () => {
    const head = await addTicket(rt, { deskId, line: 'orphaned', urgent: true, orderedAt: at(-9000) });
    await Promise.all(
      Array.from({ length: 105 }, (_, i) =>
        addTicket(rt, { deskId, line: 'orphaned', urgent: false, orderedAt: at(-i) }),
      ),
    );

    const [orphaned] = (await board()).lines;

    expect(orphaned).toMatchObject({ waiting: exactly(106), head: { ticketId: head.id } });
  });

  test('R-DESK-06 shows executors by where they stand, and their loads', async () => {
    const [urgent, one, other] = [rt.ids.next('tkt'), rt.ids.next('tkt'), rt.ids.next('tkt')];
    const free = await executor();
    await executor({ open: [urgent], openUrgent: [urgent] });
    await executor({ open: [one, other] });
    await executor({ presence: 'suspect' });
    await executor({ presence: 'offline' });

    const { roster, executors } = await board();

    expect(roster).toEqual({
      all: exactly(1),
      ordinary: exactly(1),
      full: exactly(1),
      draining: exactly(0),
      suspect: exactly(1),
      away: exactly(0),
      offline: exactly(1),
    });
    expect(executors).toHaveLength(5);
    expect(executors[0]).toMatchObject({
      executorId: free.id,
      presence: 'online',
      open: 0,
      lastBeatAt: at(0),
    });
    expect(executors[2]).toMatchObject({ open: 2 });
  });

  test('R-DESK-07 counts all that somebody holds, also where an older item does not say how much stands in blocks', async () => {
    const open = Array.from({ length: 60 }, () => rt.ids.next('tkt'));
    const { id } = await executor({ open, openUrgent: open.slice(0, 3), parked: [rt.ids.next('tkt')] });
    const loads = { open: 60, openUrgent: 3, waitingClient: 1 };
    expect((await board()).executors).toMatchObject([loads]);

    const Key = { pk: `EXECUTOR#${id}`, sk: 'EXECUTOR' };
    const update = { TableName: deskTable(rt), Key, UpdateExpression: 'REMOVE held' };
    await rt.dynamo.send(new UpdateCommand(update));
    expect((await board()).executors).toMatchObject([loads]);
  });

  test('R-DESK-12 shows the last decisions, newest first, and how evenly they fell', async () => {
    const [a, b] = [await executor(), await executor()];
    const assignOne = async () => {
      const ticket = await addTicket(rt, { deskId });
      await dispatchDesk(rt, deskId);
      rt.clock.move(1000);
      return ticket.id;
    };
    const ids = [await assignOne(), await assignOne(), await assignOne()];
    await executor();

    const { decisions, fairness } = await board();

    const told = decisions.map(
      (each: { number: number; ticketId: string; executorId: string; rule: string }) => [
        each.number,
        each.ticketId,
        each.executorId,
        each.rule,
      ],
    );
    expect(told).toEqual([
      [3, ids[2], a.id, 'plan'],
      [2, ids[1], b.id, 'plan'],
      [1, ids[0], a.id, 'plan'],
    ]);
    // 2, 1 and, for the one who has just come, 0: (2 + 1 + 0)² / (3 · (4 + 1 + 0)).
    expect(fairness).toEqual({ executors: 3, assignments: 3, jain: 0.6, spread: 2 });
  });

  test('R-DESK-12 checks fairness on the last two hundred numbers, of those who are online', async () => {
    await executor({ rank: 206, recentNumbers: [100, 150, 206] });
    await executor({ rank: 7, recentNumbers: [5, 6, 7] });
    await executor({ presence: 'away', rank: 205, recentNumbers: [204, 205] });

    // Of 7 to 206: three and one.
    expect((await board()).fairness).toEqual({ executors: 2, assignments: 4, jain: 0.8, spread: 2 });
  });

  test('R-DESK-12 somebody who was away keeps what they were dealt; on another desk they begin anew', async () => {
    const { body: other } = await manager.call('POST /v1/desks', {
      key: 'other',
      body: { name: 'Other', timeZone: 'UTC' },
    });
    const one = await executor({ rank: 40, recentNumbers: [30, 40] });
    const self = userOn(rt, { ...manager, id: one.id }, 'executor');
    await self.call('PUT /v1/executors/me/presence', { body: { presence: 'away' } });
    expect((await board()).fairness).toMatchObject({ executors: 0 });
    await self.call('PUT /v1/executors/me/presence', { body: { presence: 'online' } });
    expect((await board()).fairness).toMatchObject({ executors: 1, assignments: 2 });

    const { version } = (await manager.call(`GET /v1/executors/${one.id}`)).body;
    const { status } = await manager.call(`PUT /v1/executors/${one.id}`, {
      headers: { 'if-match': `"${version}"` },
      body: { name: 'Ada', homeDeskId: other.deskId },
    });
    expect(status).toBe(200);
    expect((await board(other.deskId)).fairness).toMatchObject({ executors: 1, assignments: 0 });
  });

  test('R-DESK-09 shows alerts, newest first', async () => {
    const tickets = [await addTicket(rt, { deskId, line: 'urgent' }), await addTicket(rt, { deskId })];
    for (const [index, ticket] of tickets.entries()) {
      await commit(rt, { writes: [alertWrite(rt, { ticket, at: at(index * 1000) })] });
    }

    const { alerts } = await board();

    expect(alerts).toEqual([
      {
        kind: 'overdue',
        at: at(1000),
        ticketId: tickets[1]?.id,
        line: 'new',
        urgent: false,
        waitingSince: at(0),
      },
      {
        kind: 'overdue',
        at: at(0),
        ticketId: tickets[0]?.id,
        line: 'urgent',
        urgent: true,
        waitingSince: at(0),
      },
    ]);
  });

  test('R-DESK-01 shows the limits in force on this desk', async () => {
    const { limits } = await board();
    expect(limits.values).toMatchObject({
      maxTicketsPerExecutor: 2,
      maxUrgentTicketsPerExecutor: 1,
      maxWaitSec: 300,
    });
  });

  test('R-AUTH-04 is for managers; a desk that does not exist is not found', async () => {
    const answers = [
      await newUser(rt, 'executor').call('GET /v1/board'),
      await manager.call(`GET /v1/board?deskId=${rt.ids.next('dsk')}`),
      await manager.call('GET /v1/board'),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'forbidden'],
      [404, 'desk-not-found'],
      [200, undefined],
    ]);
  });
});
