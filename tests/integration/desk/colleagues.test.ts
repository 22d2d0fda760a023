import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket } from '../../support/desk.ts';
import { beatOf, comeOnline, hire, newUser, openDesk, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;
let deskId: string;
let executor: TestUser;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
  deskId = await openDesk(rt, manager, { maxTicketsPerExecutor: 3, maxUrgentTicketsPerExecutor: 2 });
  executor = await hire(rt, manager, deskId);
  await comeOnline(executor);
});

const tickets = (count: number) => Array.from({ length: count }, () => rt.ids.next('tkt'));
const colleagues = async (query = '') => (await executor.call(`GET /v1/executors/colleagues${query}`)).body;

test('R-DESK-10 an executor finds whom to pass a ticket on to: name, presence and room of their desk, nobody of another', async () => {
  const open = tickets(2);
  const busy = await addExecutor(rt, { homeDeskId: deskId, name: 'Busy', open, openUrgent: open, rank: 1 });
  const free = await addExecutor(rt, { homeDeskId: deskId, name: 'Free', rank: 2 });
  const away = await addExecutor(rt, { homeDeskId: deskId, name: 'Away', presence: 'away' });
  await addExecutor(rt, { homeDeskId: await openDesk(rt, manager), name: 'Elsewhere' });
  expect((await colleagues()).items).toEqual([
    { executorId: free.id, name: 'Free', presence: 'online', room: 3, urgentRoom: 2 },
    { executorId: busy.id, name: 'Busy', presence: 'online', room: 1, urgentRoom: 0 },
    { executorId: away.id, name: 'Away', presence: 'away', room: 0, urgentRoom: 0 },
  ]);
  const [first] = (await colleagues()).items;
  const ticket = await addTicket(rt, { deskId });
  await manager.call(`POST /v1/tickets/${ticket.id}/assign`, { body: { executorId: executor.id } });
  const passed = await executor.call(`POST /v1/tickets/${ticket.id}/transfer`, {
    key: rt.ids.next('key'),
    body: { executorId: first.executorId },
  });
  expect(passed.status).toBe(200);
});

test('R-DESK-10 whoever is silent has no room, before any timer says so', async () => {
  const silent = await addExecutor(rt, { homeDeskId: deskId });
  rt.clock.move(30_000);
  await beatOf(executor);
  expect((await colleagues()).items).toMatchObject([
    { executorId: silent.id, presence: 'suspect', room: 0, urgentRoom: 0 },
  ]);
});

test('R-DESK-10 colleagues come by the page; who is on no desk has none', async () => {
  const others = [];
  for (let rank = 1; rank <= 3; rank += 1) others.push(await addExecutor(rt, { homeDeskId: deskId, rank }));
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await colleagues(`?limit=1${cursor ? `&cursor=${cursor}` : ''}`);
    found.push(...page.items.map(({ executorId }: { executorId: string }) => executorId));
    cursor = page.nextCursor;
  } while (cursor);
  expect(found).toEqual(others.map(({ id }) => id));
  const stranger = await newUser(rt, 'executor').call('GET /v1/executors/colleagues');
  expect([stranger.status, stranger.body.code]).toEqual([404, 'executor-not-found']);
});
