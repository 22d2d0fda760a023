import type { Executor, Ticket } from '../../../lib/desk/model.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, deliver, inboxSize, wakeUp } from '../../support/clients.ts';
import { countRequests } from '../../support/count-requests.ts';
import { addExecutor, executorNow } from '../../support/desk.ts';
import { newUser, type TestUser, userOn } from '../../support/staff.ts';
import { addAssigned } from '../../support/tickets.ts';

let aws: TestAws;
let rt: TestRuntime;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
});

const MANY = 100;
/** What one request may cost where others are at the same item, retries included: it does not grow with how many. */
const FLAT = 18;

interface Answers {
  readonly statuses: Readonly<Record<number, number>>;
  /** To the store, for each request. */
  readonly requests: number;
}

const atOnce = async (
  count: number,
  send: (index: number) => Promise<{ status: number }>,
): Promise<Answers> => {
  const counted = countRequests(rt);
  const answers = await Promise.all(Array.from({ length: count }, (_, index) => send(index)));
  const statuses: Record<number, number> = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  return { statuses, requests: counted().total / count };
};

describe('messages of one client at once', () => {
  test.each([20, 100])('R-DESK-02 %i are all accepted for six requests each at most', async (count) => {
    const client = aClient(rt);
    const { statuses, requests } = await atOnce(count, (index) => client.post({ text: `m${index}` }));
    expect(statuses).toEqual({ 202: count });
    expect(requests).toBeLessThanOrEqual(6);
    expect(await inboxSize(rt, client.id)).toBe(count);
    expect(await deliver(rt, wakeUp(rt, client.id))).toEqual([]);
    expect(await inboxSize(rt, client.id)).toBe(0);
  });

  test('R-DESK-02 under one key they are one message, and nobody is turned away', async () => {
    const client = aClient(rt);
    const { statuses, requests } = await atOnce(MANY, () => client.post({ text: 'again' }, 'k1'));
    expect(statuses).toEqual({ 202: MANY });
    expect(requests).toBeLessThanOrEqual(FLAT);
    expect(await inboxSize(rt, client.id)).toBe(1);
  });
});

describe('actions at once', () => {
  let executor: Executor;
  let holder: TestUser;
  let ticket: Ticket;
  beforeEach(async () => {
    executor = await addExecutor(rt);
    holder = userOn(rt, { ...newUser(rt, 'manager'), id: executor.id }, 'executor');
    ticket = await addAssigned(rt, executor);
  });
  const act = (what: string, body?: object, who = holder, { id }: Pick<Ticket, 'id'> = ticket) =>
    who.call(`POST /v1/tickets/${id}/${what}`, { key: rt.ids.next('key'), ...(body && { body }) });

  test('R-DESK-10 of a hundred that close one ticket each is told that it is closed', async () => {
    const { statuses, requests } = await atOnce(MANY, () => act('close', {}));
    expect(statuses).toEqual({ 200: 1, 409: MANY - 1 });
    expect(requests).toBeLessThanOrEqual(FLAT);
  });

  test('R-DESK-10 a hundred replies to one ticket are all posted', async () => {
    const { statuses, requests } = await atOnce(MANY, (index) => act('replies', { text: `r${index}` }));
    expect(statuses).toEqual({ 201: MANY });
    expect(requests).toBeLessThanOrEqual(FLAT);
  });

  test('R-DESK-13 a hundred that set and clear urgency are all evaluated', async () => {
    const { statuses, requests } = await atOnce(MANY, (index) =>
      act('urgency', { urgent: index % 2 === 0, reason: 'asked' }),
    );
    expect(statuses).toEqual({ 200: MANY });
    expect(requests).toBeLessThanOrEqual(FLAT);
    const { open, openUrgent } = await executorNow(rt, executor.id);
    expect(open).toEqual([ticket.id]);
    expect(openUrgent.length).toBeLessThanOrEqual(1);
  });

  test('R-DESK-10 forty tickets of one hand are all closed', async () => {
    const tickets = [ticket];
    while (tickets.length < 40) tickets.push(await addAssigned(rt, executor));
    const { statuses, requests } = await atOnce(40, (index) => act('close', {}, holder, tickets[index]));
    expect(statuses).toEqual({ 200: 40 });
    expect(requests).toBeLessThanOrEqual(FLAT);
    expect(await executorNow(rt, executor.id)).toMatchObject({ open: [] });
  });
});
