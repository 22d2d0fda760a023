import { instant } from '../../../lib/platform/clock.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client } from '../../support/clients.ts';
import { addTicket } from '../../support/desk.ts';
import { allOf } from '../../support/lists/follow-list.ts';
import { comeOnline, hire, newUser, openDesk, putLimits, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;
let executor: TestUser;
let deskId: string;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
  deskId = await openDesk(rt, manager);
  executor = await hire(rt, manager, deskId);
  await comeOnline(executor);
});

const idsOf = (items: readonly unknown[]) => items.map((each) => (each as { ticketId: string }).ticketId);
const listed = async (who: TestUser, query: string, limit = 100) =>
  idsOf((await allOf(who, `/v1/tickets?${query}`, limit)).items);
const give = async (client: Client, text: string): Promise<string> => {
  rt.clock.move(1000);
  const { ticketId } = await client.write(text);
  await manager.call(`POST /v1/tickets/${ticketId}/assign`, {
    body: { executorId: executor.id, overCap: true },
  });
  return ticketId;
};
const write = (client: Client, ticketId: string) => {
  rt.clock.move(1000);
  return client.write('More', { ticketId });
};
const problem = async (who: TestUser, query: string) => {
  const { status, body } = await who.call(`GET /v1/tickets?${query}`);
  return [status, body.code];
};

describe('tickets in one hand', () => {
  let clients: Client[];
  let given: string[];
  beforeEach(async () => {
    await putLimits(manager, undefined, { maxTicketsPerExecutor: 50 });
    clients = [aClient(rt), aClient(rt), aClient(rt)];
    given = [];
    for (const client of clients) given.push(await give(client, 'Hello'));
  });

  it('R-DESK-10 are sorted by the time of their last entry, the latest first, and by orderedAt, the earliest first', async () => {
    const [a, b, c] = given;
    await write(clients[1] ?? aClient(rt), b ?? '');
    expect(await listed(executor, 'sort=lastEntryAt')).toEqual([b, c, a]);
    expect(await listed(executor, 'sort=orderedAt')).toEqual([a, b, c]);
    for (const limit of [1, 2, 3]) {
      expect(await listed(executor, 'sort=lastEntryAt', limit)).toEqual([b, c, a]);
      expect(await listed(manager, `executorId=${executor.id}&sort=orderedAt`, limit)).toEqual([a, b, c]);
    }
    expect((await allOf(executor, '/v1/tickets?sort=orderedAt', 3)).pages).toBe(1);
  });

  it('R-DESK-10 are filtered by what is unread to the caller, and by when something was written', async () => {
    const [a, b, c] = given;
    const now = instant(rt.clock.nowMs() + 1);
    await executor.call(`PUT /v1/tickets/${a}/read`, { body: { upTo: now } });
    expect(await listed(executor, 'unread=true')).toEqual([c, b]);
    expect(await listed(executor, 'unread=false')).toEqual([a]);
    expect(await listed(manager, `executorId=${executor.id}&unread=true`)).toEqual([c, b, a]);
    await write(clients[0] ?? aClient(rt), a ?? '');
    expect(await listed(executor, `updatedSince=${now}`)).toEqual([a]);
    expect(await listed(executor, 'unread=false')).toEqual([]);
  });

  it('R-DESK-10 are filtered by state, urgency and client', async () => {
    const [a, b, c] = given;
    await executor.call(`POST /v1/tickets/${a}/accept`);
    await executor.call(`POST /v1/tickets/${b}/urgency`, { body: { urgent: true, reason: 'water' } });
    expect(await listed(executor, 'state=accepted')).toEqual([a]);
    expect(await listed(executor, 'held=now&urgent=false')).toEqual([c, a]);
    expect(await listed(manager, `executorId=${executor.id}&clientId=${clients[2]?.id}`)).toEqual([c]);
    expect(await listed(manager, `executorId=${(await hire(rt, manager)).id}`)).toEqual([]);
  });

  it('R-AUTH-05 are nobody else’s to list, and no cursor fits another filter', async () => {
    const other = await hire(rt, manager);
    expect(await problem(other, `executorId=${executor.id}`)).toEqual([403, 'forbidden']);
    expect(await listed(other, 'sort=lastEntryAt')).toEqual([]);
    const { body } = await executor.call('GET /v1/tickets?sort=orderedAt&limit=1');
    for (const query of ['sort=lastEntryAt', 'sort=orderedAt&unread=true', 'held=now'])
      expect(await problem(executor, `${query}&cursor=${body.nextCursor}`)).toEqual([400, 'invalid-cursor']);
    expect(await problem(executor, 'sort=waitingSince')).toEqual([400, 'filter-unsupported']);
    expect(await problem(executor, 'unread=maybe')).toEqual([400, 'invalid-request']);
  });
});

describe('a line', () => {
  const at = (offsetMs: number) => instant(rt.clock.nowMs() + offsetMs);
  const line = (more: string) => `deskId=${deskId}&line=orphaned&${more}`;

  it('R-DESK-05 is narrowed to what is urgent or overdue, and sorted by how long its tickets wait', async () => {
    const orphaned = { deskId, line: 'orphaned' } as const;
    const first = await addTicket(rt, { ...orphaned, orderedAt: at(-9000), waitingSince: at(-1000) });
    const urgent = { ...orphaned, urgent: true, orderedAt: at(-8000), waitingSince: at(-3000) };
    const second = await addTicket(rt, { ...urgent, overdueAt: at(-500) });
    const third = await addTicket(rt, { ...orphaned, orderedAt: at(-7000), waitingSince: at(-2000) });
    for (const limit of [1, 2, 3, 100]) {
      expect(await listed(manager, line('sort=orderedAt'), limit)).toEqual([first.id, second.id, third.id]);
      expect(await listed(manager, line('sort=waitingSince'), limit)).toEqual([
        second.id,
        third.id,
        first.id,
      ]);
      expect(await listed(manager, line('urgent=false'), limit)).toEqual([first.id, third.id]);
      expect(await listed(manager, line('urgent=true'), limit)).toEqual([second.id]);
      expect(await listed(manager, line('overdue=true'), limit)).toEqual([second.id]);
    }
    expect(await problem(manager, line('unread=true'))).toEqual([400, 'filter-unsupported']);
  });
});
