import { dispatchDesk } from '../../../lib/desk/dispatch/dispatch-desk.ts';
import type { Executor } from '../../../lib/desk/model.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket } from '../../support/desk.ts';
import { allOf } from '../../support/lists/follow-list.ts';
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

const add = (given: Partial<Executor> = {}) => addExecutor(rt, { homeDeskId: deskId, ...given });
const tickets = (count: number) => Array.from({ length: count }, () => rt.ids.next('tkt'));
const rows = async (query = '') => manager.call(`GET /v1/executors?deskId=${deskId}${query}`);
const namesOf = async (query: string): Promise<string[]> =>
  (await rows(query)).body.items.map(({ name }: { name: string }) => name);

test('R-DESK-06 executors are sorted by turn, whatever room they have, the absent behind them without one', async () => {
  await add({ name: 'Third', rank: 30 });
  await add({ name: 'Gone', presence: 'away', rank: 1 });
  await add({ name: 'First', rank: 10, open: tickets(3) });
  const urgent = tickets(1);
  await add({ name: 'Second', rank: 20, open: urgent, openUrgent: urgent });
  const { body } = await rows('&sort=turn');
  expect(body.items.map(({ name, turn }: { name: string; turn: number }) => [name, turn])).toEqual([
    ['First', 1],
    ['Second', 2],
    ['Third', 3],
    ['Gone', null],
  ]);
  // Unsorted, those with room come first; turns are the same.
  expect(await namesOf('')).toEqual(['Third', 'Second', 'First', 'Gone']);
});

test('R-DESK-06 executors are sorted by load and by name, and found by presence', async () => {
  await add({ name: 'éva', open: tickets(1) });
  await add({ name: 'Zoe', open: tickets(3) });
  await add({ name: 'Ann', presence: 'draining', open: tickets(2) });
  await add({ name: 'Bob', presence: 'away' });
  expect(await namesOf('&sort=load')).toEqual(['Zoe', 'Ann', 'éva', 'Bob']);
  expect(await namesOf('&sort=name')).toEqual(['Ann', 'Bob', 'éva', 'Zoe']);
  expect(await namesOf('&presence=online&sort=name')).toEqual(['éva', 'Zoe']);
  expect(await namesOf('&presence=online')).toEqual(['éva', 'Zoe']);
  expect(await namesOf('&presence=draining')).toEqual(['Ann']);
  expect(await namesOf('&presence=suspect')).toEqual([]);
});

test.each(['', '&presence=online', '&sort=turn', '&sort=load', '&sort=name'])(
  'R-DESK-06 a list of executors with "%s" comes by the page, each once',
  async (query) => {
    for (let rank = 0; rank < 5; rank += 1)
      await add({ name: `N${rank % 2}`, rank, open: tickets(rank % 3) });
    const path = `/v1/executors?deskId=${deskId}${query}`;
    const whole = await allOf(manager, path, 200);
    const paged = await allOf(manager, path, 2);
    expect([whole.items.length, paged.pages]).toEqual([5, 3]);
    expect(paged.items).toEqual(whole.items);
  },
);

test('R-DESK-09 a row says what is not accepted yet, and when they were last given a ticket', async () => {
  const one = await add();
  const [first] = [await addTicket(rt, { deskId }), await addTicket(rt, { deskId })];
  const at = instant(rt.clock.nowMs());
  await dispatchDesk(rt, deskId);
  expect((await rows()).body.items).toMatchObject([{ open: 2, unaccepted: 2, lastAssignedAt: at }]);

  rt.clock.move(1000);
  const self = userOn(rt, { ...manager, id: one.id }, 'executor');
  const { status } = await self.call(`POST /v1/tickets/${first.id}/accept`, { key: rt.ids.next('key') });
  expect(status).toBe(200);
  expect((await rows()).body.items).toMatchObject([{ open: 2, unaccepted: 1, lastAssignedAt: at }]);

  const third = await addTicket(rt, { deskId });
  await manager.call(`POST /v1/tickets/${third.id}/assign`, { body: { executorId: one.id } });
  expect((await rows()).body.items).toMatchObject([
    { unaccepted: 2, lastAssignedAt: instant(rt.clock.nowMs()) },
  ]);
});

test('R-DESK-08 a suspect is shown until when their tickets stay with them', async () => {
  const since = instant(rt.clock.nowMs());
  await add({ presence: 'suspect', suspected: { from: 'online', since } });
  await add();
  const { body } = await rows('&sort=turn');
  expect(body.items.map((each: { reconnectUntil: string }) => each.reconnectUntil)).toEqual([
    null,
    instant(rt.clock.nowMs() + 120_000),
  ]);
});

test('R-DESK-06 a page ends where those on it hold very many tickets, and the next goes on there', async () => {
  for (let rank = 0; rank < 3; rank += 1) await add({ rank, open: tickets(1100) });
  for (const query of ['', '&sort=turn']) {
    const path = `/v1/executors?deskId=${deskId}${query}`;
    const { pages, items } = await allOf(manager, path, 200);
    expect([pages, new Set(items.map((each) => (each as { executorId: string }).executorId)).size]).toEqual([
      3, 3,
    ]);
  }
});

test('R-AUTH-04 a forged cursor of a sorted list is refused', async () => {
  await add();
  const forge = (key: object) =>
    Buffer.from(JSON.stringify({ list: `executors:${deskId}::turn`, key })).toString('base64url');
  for (const key of [{}, { 0: 1, 1: 2, 2: 'a', 3: 'b' }]) {
    const { status, body } = await rows(`&sort=turn&cursor=${forge(key)}`);
    expect([status, body.code]).toEqual([400, 'invalid-cursor']);
  }
});
