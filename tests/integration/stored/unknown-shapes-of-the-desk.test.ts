import { executorItems } from '../../../lib/desk/core/executor-items.ts';
import { tickets } from '../../../lib/desk/core/ticket-repository.ts';
import { dispatchDesk } from '../../../lib/desk/dispatch/dispatch-desk.ts';
import { handOverTickets } from '../../../lib/desk/executors/hand-over-tickets.ts';
import { setPresence } from '../../../lib/desk/executors/set-presence.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket, executorNow, freshDesk, setLimits, ticketNow } from '../../support/desk.ts';
import { newUser } from '../../support/staff.ts';
import { ofLaterShape } from '../../support/stored/later-shape.ts';
import { addAssigned } from '../../support/tickets.ts';

let aws: TestAws;
let rt: TestRuntime;
let deskId: string;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  deskId = freshDesk(rt);
});

const spoil = (id: string) => ofLaterShape(rt, 'desk', tickets.key({ id }));

test('R-DESK-05 tickets behind one that nobody can read are assigned, and it waits where it is', async () => {
  const at = (offset: number) => instant(rt.clock.nowMs() + offset);
  const first = await addTicket(rt, { deskId, orderedAt: at(-9000) });
  const others = [await addTicket(rt, { deskId, orderedAt: at(-8000) }), await addTicket(rt, { deskId })];
  const executor = await addExecutor(rt, { homeDeskId: deskId });
  await setLimits(rt, deskId, { maxTicketsPerExecutor: 3 });
  await spoil(first.id);

  expect(await dispatchDesk(rt, deskId)).toMatchObject({ assigned: 2 });
  for (const { id } of others) expect(await ticketNow(rt, id)).toMatchObject({ executorId: executor.id });
  expect((await executorNow(rt, executor.id)).open.toSorted()).toEqual(others.map(({ id }) => id).toSorted());
});

test('R-DESK-06 an executor whom nobody can read is passed over', async () => {
  const [unread, other] = [
    await addExecutor(rt, { homeDeskId: deskId }),
    await addExecutor(rt, { homeDeskId: deskId, rank: 5 }),
  ];
  const ticket = await addTicket(rt, { deskId });
  await ofLaterShape(rt, 'desk', executorItems.key({ executorId: unread.id }));

  expect(await dispatchDesk(rt, deskId)).toMatchObject({ assigned: 1 });
  expect(await ticketNow(rt, ticket.id)).toMatchObject({ executorId: other.id });
});

test('R-DESK-08 what nobody can read stays in the hand that is left, and the others go back to the line', async () => {
  const executor = await addExecutor(rt, { homeDeskId: deskId });
  const lot = [
    await addAssigned(rt, executor),
    await addAssigned(rt, executor),
    await addAssigned(rt, executor),
  ];
  const [unread, ...others] = lot.map(({ id }) => id);
  await setPresence(rt, { executorId: executor.id, intent: 'offline' });
  await spoil(unread ?? '');

  await handOverTickets(rt, { executorId: executor.id, mode: 'all' });
  for (const id of others)
    expect(await ticketNow(rt, id)).toMatchObject({ state: 'waiting', line: 'orphaned' });
  expect((await executorNow(rt, executor.id)).open).toEqual([unread]);
});

test('a list of tickets shows the others and says how many it lacks; one by itself is 503', async () => {
  const client = newUser(rt, 'client');
  const [unread, other] = [
    await addTicket(rt, { deskId, clientId: client.id }),
    await addTicket(rt, { deskId, clientId: client.id }),
  ];
  await spoil(unread.id);

  const list = await client.call('GET /v1/tickets');
  expect(list.body).toMatchObject({ items: [{ ticketId: other.id }], omitted: 1 });
  const refused = await client.call(`GET /v1/tickets/${unread.id}`);
  expect([refused.status, refused.body.code]).toEqual([503, 'stored-shape-unknown']);
});
