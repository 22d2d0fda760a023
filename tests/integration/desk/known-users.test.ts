import { announceUsers } from '../../../lib/identity/users/announce-users.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client } from '../../support/clients.ts';
import { signInBy, somePhone } from '../../support/identity.ts';
import { comeOnline, hire, makeKnown, newUser, openDesk, type TestUser } from '../../support/staff.ts';

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
  await makeKnown(rt, executor.id, {
    version: 2,
    roles: ['executor'],
    name: 'Emma Stone',
    phone: '+79160000001',
  });
  await comeOnline(executor);
  client = aClient(rt);
  await makeKnown(rt, client.id, { name: 'Clara Client', email: 'clara@example.com', emailConfirmed: true });
  ({ ticketId } = await client.write('Hello'));
  await assign(ticketId, executor);
});

const assign = (id: string, { id: executorId }: TestUser) =>
  manager.call(`POST /v1/tickets/${id}/assign`, { body: { executorId } });
const reply = (who: TestUser, text: string) => {
  rt.clock.move(1);
  return who.call(`POST /v1/tickets/${ticketId}/replies`, { key: rt.ids.next('key'), body: { text } });
};
const card = (who: TestUser, id = client.id) => who.call(`GET /v1/clients/${id}`);

describe('the card of a client', () => {
  test('R-AUTH-05 tells a manager and the executor who holds a ticket of theirs who they are', async () => {
    const own = {
      clientId: client.id,
      name: 'Clara Client',
      phone: '+79161234567',
      email: 'confirmed',
      locale: 'ru',
      tickets: [{ ticketId, state: 'assigned', card: { subject: 'Hello' } }],
    };
    for (const who of [manager, executor]) expect((await card(who)).body).toMatchObject(own);
    const other = await client.write('Another matter');
    const ids = async (who: TestUser) =>
      (await card(who)).body.tickets.map((ticket: { ticketId: string }) => ticket.ticketId);
    expect(await ids(manager)).toEqual([other.ticketId, ticketId]);
    expect(await ids(executor)).toEqual([ticketId]);
  });

  test('R-AUTH-05 is none for an executor who holds no ticket of theirs, nor for one who has lost it', async () => {
    const colleague = await hire(rt, manager);
    await comeOnline(colleague);
    expect([(await card(colleague)).status, (await card(executor)).status]).toEqual([404, 200]);
    await executor.call(`POST /v1/tickets/${ticketId}/transfer`, {
      key: rt.ids.next('key'),
      body: { executorId: colleague.id },
    });
    const after = await card(executor);
    expect([after.status, after.body.code]).toEqual([404, 'client-not-found']);
    expect((await card(colleague)).status).toBe(200);
    await manager.call(`POST /v1/executors/${colleague.id}/force-offline`, { body: { reason: 'gone' } });
    expect((await card(colleague)).status).toBe(404);
  });

  test('R-AUTH-05 is none of staff, of nobody, and for clients', async () => {
    const answers = [
      await card(manager, executor.id),
      await card(manager, rt.ids.next('usr')),
      await card(client),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 403]);
  });

  test('a client of whom identity has not told yet has a card without a name', async () => {
    const fresh = aClient(rt);
    const written = await fresh.write('First');
    expect((await card(manager, fresh.id)).body).toMatchObject({
      ...{ name: null, phone: null, email: null },
      tickets: [{ ticketId: written.ticketId }],
    });
  });

  test('managers list the tickets of a client, by state and desk; nobody else does', async () => {
    const { ticketId: later } = await client.write('Another matter');
    const found = async (query: string) =>
      (await manager.call(`GET /v1/tickets?clientId=${client.id}${query}`)).body.items.map(
        (ticket: { ticketId: string }) => ticket.ticketId,
      );
    expect(await found('')).toEqual([later, ticketId]);
    expect(await found('&state=assigned')).toEqual([ticketId]);
    expect(await found('&deskId=main')).toEqual([later, ticketId]);
    expect(await found(`&deskId=${await openDesk(rt, manager)}`)).toEqual([]);
    expect((await executor.call(`GET /v1/tickets?clientId=${client.id}`)).status).toBe(403);
  });
});

describe('names', () => {
  test('R-DESK-10 the client sees who answers by given name, and neither ids nor staff’s own', async () => {
    await reply(executor, 'Emma here');
    const seen = (await client.call(`GET /v1/tickets/${ticketId}`)).body;
    expect(seen.handledBy).toEqual({ displayName: 'Emma' });
    const listed = (await client.call('GET /v1/tickets')).body.items[0];
    expect(listed.handledBy).toEqual({ displayName: 'Emma' });
    const { items } = (await client.call(`GET /v1/tickets/${ticketId}/messages`)).body;
    expect(items.at(-1)).toMatchObject({ kind: 'reply', author: { displayName: 'Emma' } });
    expect(JSON.stringify([seen, listed, items])).not.toMatch(
      new RegExp(`${executor.id}|Stone|\\+7916|authorId|executorName`),
    );
  });

  test('R-DESK-10 staff see client and author by name, a manager as one', async () => {
    await makeKnown(rt, manager.id, { roles: ['manager'], name: 'Mara Manager' });
    await reply(executor, 'Emma here');
    await reply(manager, 'Mara too');
    const { items } = (await executor.call(`GET /v1/tickets/${ticketId}/messages`)).body;
    expect(items).toMatchObject([
      { kind: 'client', authorName: 'Clara Client' },
      { kind: 'reply', authorName: 'Emma Stone', authorAs: 'executor' },
      { kind: 'reply', authorName: 'Mara Manager', authorAs: 'manager' },
    ]);
    const seen = (await executor.call('GET /v1/tickets')).body.items[0];
    expect(seen).toMatchObject({ client: { name: 'Clara Client' }, executorName: 'Emma Stone' });
  });
});

describe('who can be taken on', () => {
  const put = (id: string) =>
    manager.call(`PUT /v1/executors/${id}`, { body: { name: 'Somebody', homeDeskId: 'main' } });

  test('R-DESK-06 an executor with an account; no client, nobody locked, nobody without an account', async () => {
    const locked = rt.ids.next('usr');
    await makeKnown(rt, locked, { roles: ['executor'], locked: true });
    for (const id of [client.id, locked, rt.ids.next('usr'), executor.id.replace(/.$/, 'f')]) {
      const { status, body } = await put(id);
      expect([status, body.code]).toEqual([422, 'not-an-executor']);
    }
    const able = rt.ids.next('usr');
    await makeKnown(rt, able, { roles: ['client', 'executor'] });
    expect((await put(able)).status).toBe(201);
  });

  test('who signs in is known at the desk by a message, and again when all are announced', async () => {
    const phone = somePhone();
    const { body } = await signInBy(rt, phone);
    await drain(rt, { allowFailures: true });
    const { sub } = JSON.parse(Buffer.from(body.accessToken.split('.')[1], 'base64url').toString());
    expect((await card(manager, sub)).body).toMatchObject({ clientId: sub, phone, tickets: [] });
    expect(await announceUsers(rt)).toBeGreaterThan(0);
    await drain(rt, { allowFailures: true });
    expect((await card(manager, sub)).body.phone).toBe(phone);
  });

  test('facts of a user that come late or twice change nothing', async () => {
    await makeKnown(rt, client.id, { version: 3, name: 'Clara Third' });
    await makeKnown(rt, client.id, { version: 2, name: 'Clara Second' });
    await makeKnown(rt, client.id, { version: 3, name: 'Clara Again' });
    expect((await card(manager)).body.name).toBe('Clara Third');
  });
});
