import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { call, drain, type TestRuntime } from '../../support/aws/index.ts';
import type { FakeGateway } from '../../support/live/fake-gateway.ts';
import { liveWorld, openLive, ticketOf, tryToOpen } from '../../support/live/live-client.ts';

let rt: TestRuntime;
let gateway: FakeGateway;
beforeAll(async () => {
  ({ rt, gateway } = await liveWorld());
});
afterAll(() => gateway.stop());

const someone = () => ({ id: rt.ids.next('usr'), roles: ['client'] as const, sessionId: rt.ids.next('ses') });
const open = (caller = someone()) => openLive({ rt, gateway }, caller);

const stored = async (text: string): Promise<unknown[]> => {
  const { Items = [] } = await rt.dynamo.send(new ScanCommand({ TableName: rt.env.TABLE_LIVE ?? '' }));
  return Items.filter((item) => JSON.stringify(item).includes(text));
};

test('R-LIVE-01 a ticket opens one connection, which is greeted, and no second one', async () => {
  const ticket = await ticketOf(rt, someone());
  const first = rt.ids.next('con');
  expect(await tryToOpen(rt, first, { ticket })).toEqual({
    statusCode: 200,
    headers: { 'Sec-WebSocket-Protocol': 'rotadesk' },
  });
  expect(await tryToOpen(rt, rt.ids.next('con'), { ticket })).toMatchObject({ statusCode: 403 });
  await drain(rt);
  expect(gateway.frames(first)).toEqual([
    { type: 'hello', connectionId: first, serverTime: new Date(rt.clock.nowMs()).toISOString() },
  ]);
});

test('R-LIVE-01 of two who bring one ticket at once one gets in', async () => {
  const ticket = await ticketOf(rt, someone());
  const tries = Array.from({ length: 5 }, () => tryToOpen(rt, rt.ids.next('con'), { ticket }));
  const statuses = (await Promise.all(tries)).map(({ statusCode }) => statusCode);
  expect(statuses.toSorted()).toEqual([200, 403, 403, 403, 403]);
});

test('R-LIVE-01 a ticket lives for thirty seconds and is stored as its hash alone', async () => {
  const answer = await call(rt, 'POST /v1/live/tickets', { token: await rt.token(someone()) });
  const { ticket, expiresAt } = answer.body;
  expect(Date.parse(expiresAt) - rt.clock.nowMs()).toBe(30_000);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(await stored(ticket)).toEqual([]);
  rt.clock.moveTo(Date.parse(expiresAt));
  expect(await tryToOpen(rt, rt.ids.next('con'), { ticket })).toMatchObject({ statusCode: 403 });
});

test('R-LIVE-01 a page of another origin, or of none, opens nothing and does not spend the ticket', async () => {
  const ticket = await ticketOf(rt, someone());
  for (const origin of ['https://evil.example', 'https://api.invalid.evil.example', 'null', '']) {
    expect([origin, await tryToOpen(rt, rt.ids.next('con'), { ticket, origin })]).toEqual([
      origin,
      { statusCode: 403 },
    ]);
  }
  expect(await tryToOpen(rt, rt.ids.next('con'), { ticket })).toMatchObject({ statusCode: 200 });
});

test('R-LIVE-01 without a ticket, or with one of nobody, nothing opens', async () => {
  for (const ticket of [undefined, '', 'x'.repeat(43)]) {
    expect((await tryToOpen(rt, rt.ids.next('con'), { ticket })).statusCode).toBe(403);
  }
  expect((await call(rt, 'POST /v1/live/tickets')).status).toBe(401);
});

test('R-LIVE-01 an eleventh connection of one user closes the oldest, which is told why', async () => {
  const user = someone();
  const lines = [];
  for (let n = 0; n < 11; n += 1) lines.push(await open(user));
  const [oldest, second] = lines;
  expect(oldest?.received('bye')).toEqual([{ type: 'bye', reason: 'too-many-connections' }]);
  expect(gateway.closed.has(oldest?.connectionId ?? '')).toBe(true);
  expect(second?.received('bye')).toEqual([]);
  expect(await stored(`CONNECTION#${oldest?.connectionId}`)).toEqual([]);
});

test('R-LIVE-01 a connection that ends leaves nothing behind', async () => {
  const line = await open();
  await line.subscribe('me');
  expect(await stored(line.connectionId)).not.toEqual([]);
  await line.leave();
  await line.leave();
  expect(await stored(line.connectionId)).toEqual([]);
});

test('R-LIVE-01 a connection that the gateway never opened is forgotten', async () => {
  const ticket = await ticketOf(rt, someone());
  const connectionId = rt.ids.next('con');
  gateway.vanish(connectionId);
  await tryToOpen(rt, connectionId, { ticket });
  await drain(rt);
  expect(await stored(connectionId)).toEqual([]);
});
