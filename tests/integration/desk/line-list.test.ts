import { instant } from '../../../lib/platform/clock.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addTicket } from '../../support/desk.ts';
import { allOf } from '../../support/lists/follow-list.ts';
import { newUser, openDesk, type TestUser } from '../../support/staff.ts';

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

const at = (offsetMs: number) => instant(rt.clock.nowMs() + offsetMs);
const pathOf = (line: string) => `/v1/tickets?deskId=${deskId}&line=${line}`;
const idsOf = (items: readonly unknown[]) => items.map((each) => (each as { ticketId: string }).ticketId);

test('R-DESK-05 a line is listed in the order it is served, whatever room its tickets need', async () => {
  const promoted = { line: 'urgent' as const, urgent: false, promoted: true };
  const second = await addTicket(rt, { deskId, line: 'urgent', orderedAt: at(-3000) });
  const first = await addTicket(rt, { deskId, ...promoted, orderedAt: at(-4000) });
  const fourth = await addTicket(rt, { deskId, line: 'urgent', orderedAt: at(-1000) });
  const third = await addTicket(rt, { deskId, ...promoted, orderedAt: at(-2000) });
  await addTicket(rt, { deskId, orderedAt: at(-9000) });

  const whole = await allOf(manager, pathOf('urgent'), 100);
  const paged = await allOf(manager, pathOf('urgent'), 1);

  expect(idsOf(whole.items)).toEqual([first.id, second.id, third.id, fourth.id]);
  expect(paged.items).toEqual(whole.items);
  expect(paged.pages).toBe(4);
  expect((await allOf(manager, pathOf('orphaned'), 100)).items).toEqual([]);
});

test('R-AUTH-05 a line is for managers, and goes with no other filter', async () => {
  const ask = async (who: TestUser, path: string) => {
    const { status, body } = await who.call(`GET ${path}`);
    return [status, body.code];
  };
  expect(await ask(newUser(rt, 'executor'), pathOf('new'))).toEqual([403, 'forbidden']);
  expect(await ask(newUser(rt, 'client'), '/v1/tickets?line=new')).toEqual([403, 'forbidden']);
  expect(await ask(manager, `${pathOf('new')}&state=waiting`)).toEqual([400, 'filter-unsupported']);
  const forged = Buffer.from(
    JSON.stringify({
      list: `tickets:line:${deskId}:new`,
      key: { orderedAt: 'x', ticketId: rt.ids.next('tkt') },
    }),
  ).toString('base64url');
  expect(await ask(manager, `${pathOf('new')}&cursor=${forged}`)).toEqual([400, 'invalid-cursor']);
});
