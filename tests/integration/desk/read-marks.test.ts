import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client } from '../../support/clients.ts';
import { comeOnline, hire, newUser, openDesk, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;
let executor: TestUser;
let client: Client;
let ticketId: string;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
  executor = await hire(rt, manager, await openDesk(rt, manager));
  await comeOnline(executor);
  client = aClient(rt);
  ({ ticketId } = await client.write('Hello'));
  await assign(executor);
});

const assign = ({ id }: TestUser) =>
  manager.call(`POST /v1/tickets/${ticketId}/assign`, { body: { executorId: id } });
const add = (who: TestUser, what: 'replies' | 'notes', text: string) => {
  rt.clock.move(1000);
  return who.call(`POST /v1/tickets/${ticketId}/${what}`, { key: rt.ids.next('key'), body: { text } });
};
const write = (text: string) => {
  rt.clock.move(1000);
  return client.write(text, { ticketId });
};
const seenBy = async (who: TestUser) => (await who.call(`GET /v1/tickets/${ticketId}`)).body;
const unread = async (who: TestUser) => {
  const { unread: one } = await seenBy(who);
  const [listed] = (await who.call('GET /v1/tickets')).body.items;
  expect(listed.unread).toBe(one);
  return one;
};
const lastAt = async (who: TestUser) => (await seenBy(who)).card.lastEntry.at;
const mark = (who: TestUser, upTo: string) =>
  who.call(`PUT /v1/tickets/${ticketId}/read`, { body: { upTo } });

describe('marks of reading', () => {
  it('R-DESK-10 count what is new to its reader: replies to the client, the client’s messages to staff', async () => {
    await add(executor, 'replies', 'One');
    await add(executor, 'notes', 'Between us');
    await write('Two');
    expect([await unread(client), await unread(executor)]).toEqual([1, 2]);
    const marked = await mark(executor, await lastAt(executor));
    expect(marked.body).toEqual({ readUpTo: await lastAt(executor), unread: 0 });
    await mark(client, await lastAt(client));
    expect([await unread(client), await unread(executor)]).toEqual([0, 0]);
    await write('Three');
    expect([await unread(client), await unread(executor)]).toEqual([0, 1]);
  });

  it('R-DESK-10 may end before the last entry, only ever move on, and not beyond what there is', async () => {
    const first = await lastAt(executor);
    await write('Two');
    await write('Three');
    const second = await lastAt(executor);
    expect((await mark(executor, first)).body).toEqual({ readUpTo: first, unread: 2 });
    expect((await mark(executor, '2999-01-01T00:00:00Z')).body).toEqual({ readUpTo: second, unread: 0 });
    expect((await mark(executor, first)).body).toEqual({ readUpTo: second, unread: 0 });
  });

  it('R-DESK-10 of one user from many windows at once end at the furthest', async () => {
    const instants: string[] = [];
    for (const text of ['Two', 'Three', 'Four']) {
      await write(text);
      instants.push(await lastAt(executor));
    }
    const answers = await Promise.all(instants.map((at) => mark(executor, at)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await seenBy(executor)).readUpTo).toEqual({ you: instants.at(-1) });
  });

  it('R-AUTH-05 are seen by client and holder of each other, and of a manager by no client', async () => {
    await mark(manager, await lastAt(manager));
    expect((await seenBy(client)).readUpTo).toEqual({});
    const at = await lastAt(client);
    await mark(client, at);
    await mark(executor, at);
    expect((await seenBy(client)).readUpTo).toEqual({ you: at, holder: at });
    expect((await seenBy(executor)).readUpTo).toEqual({ you: at, client: at });
    expect((await seenBy(manager)).readUpTo).toEqual({ you: at, client: at, holder: at });
  });

  it('R-AUTH-05 do not tell the client that the holder read a note', async () => {
    const at = await lastAt(client);
    await add(manager, 'notes', 'Careful');
    await mark(executor, await lastAt(executor));
    expect((await seenBy(client)).readUpTo).toEqual({ holder: at });
  });

  it('R-DESK-08 are refused to who lost the ticket, and unknown to strangers', async () => {
    const other = await hire(rt, manager);
    await comeOnline(other);
    const at = await lastAt(executor);
    await assign(other);
    const answers = [
      await mark(executor, at),
      await mark(aClient(rt), at),
      await mark(await hire(rt, manager), at),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'ticket-moved'],
      [404, 'ticket-not-found'],
      [404, 'ticket-not-found'],
    ]);
    const lost = await seenBy(executor);
    expect([lost.unread, lost.readUpTo]).toEqual([undefined, undefined]);
  });
});
