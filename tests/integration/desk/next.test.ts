import type { Executor } from '../../../lib/desk/model.ts';
import { instant } from '../../../lib/platform/clock.ts';
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
  deskId = await openDesk(rt, manager, { maxTicketsPerExecutor: 3, maxUrgentTicketsPerExecutor: 1 });
});

const tickets = (count: number) => Array.from({ length: count }, () => rt.ids.next('tkt'));
const add = (given: Partial<Executor> = {}) => addExecutor(rt, { homeDeskId: deskId, ...given });
const nextOf = async ({ id }: { id: string }) =>
  (await userOn(rt, { ...manager, id }, 'executor').call('GET /v1/executors/me/next')).body;
const reasonFor = async (given: Partial<Executor>) => (await nextOf(await add(given))).reason;

test('R-DESK-11 an executor sees room, turn and what waits, and no ticket or colleague', async () => {
  await add({ rank: 1 });
  await add({ rank: 2, open: tickets(3) });
  await add({ rank: 3, presence: 'away' });
  const self = await add({ rank: 4, open: tickets(1) });
  await add({ rank: 5 });
  await addTicket(rt, { deskId });
  await addTicket(rt, { deskId, line: 'urgent' });

  expect(await nextOf(self)).toEqual({
    room: 2,
    urgentRoom: 1,
    turn: { count: 3, more: false },
    waiting: {
      orphaned: { count: 0, more: false },
      urgent: { count: 1, more: false },
      new: { count: 1, more: false },
    },
    reason: null,
  });
});

test('R-DESK-11 the reason that nothing comes is that of the planner', async () => {
  expect(await reasonFor({})).toBe('line-empty');
  expect(await reasonFor({ open: tickets(3) })).toBe('full');
  for (const presence of ['draining', 'away', 'suspect', 'offline'] as const) {
    expect(await reasonFor({ presence })).toBe(presence);
  }
  const urgent = tickets(1);
  await addTicket(rt, { deskId, line: 'urgent' });
  expect(await reasonFor({ open: urgent, openUrgent: urgent })).toBe('full');
  expect(await reasonFor({ open: urgent })).toBeNull();
});

test('R-DESK-08 somebody silent for too long gets nothing, before any timer says so', async () => {
  const self = await add();
  await addTicket(rt, { deskId });
  rt.clock.move(30_000);
  expect(await nextOf(self)).toMatchObject({ room: 0, turn: null, reason: 'suspect' });
});

test('R-DESK-10 whoever declined all that waits is passed over, until something else comes', async () => {
  const self = await add();
  const until = instant(rt.clock.nowMs() + 60_000);
  await addTicket(rt, { deskId, passedOver: { [self.id]: until } });
  expect((await nextOf(self)).reason).toBe('passed-over');
  await addTicket(rt, { deskId });
  expect((await nextOf(self)).reason).toBeNull();
});

test('R-DESK-11 a turn and a line are exact up to a hundred; who is on no desk has none', async () => {
  await Promise.all(Array.from({ length: 101 }, (_, rank) => add({ rank })));
  expect((await nextOf(await add({ rank: 99 }))).turn).toEqual({ count: 100, more: true });
  const stranger = await newUser(rt, 'executor').call('GET /v1/executors/me/next');
  expect([stranger.status, stranger.body.code]).toEqual([404, 'executor-not-found']);
});
