import type { Role } from '../../../lib/platform/caller.ts';
import type { TestRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket, freshDesk } from '../../support/desk.ts';
import type { FakeGateway } from '../../support/live/fake-gateway.ts';
import { liveWorld, openLive } from '../../support/live/live-client.ts';
import { addAssigned } from '../../support/tickets.ts';

let rt: TestRuntime;
let gateway: FakeGateway;
beforeAll(async () => {
  ({ rt, gateway } = await liveWorld());
});
afterAll(() => gateway.stop());

const open = (id: string, ...roles: Role[]) => openLive({ rt, gateway }, { id, roles });

test('R-LIVE-01 a client may follow their own tickets; another’s is refused as one that does not exist', async () => {
  const [own, foreign] = [await addTicket(rt), await addTicket(rt)];
  const line = await open(own.clientId, 'client');
  const nowhere = `ticket:${rt.ids.next('tkt')}`;
  expect(
    await line.subscribe(
      `ticket:${own.id}`,
      `ticket:${foreign.id}`,
      nowhere,
      'me',
      'desk:main',
      'board:main',
      'x',
    ),
  ).toEqual({
    type: 'subscribed',
    topics: [`ticket:${own.id}`, 'me'],
    refused: [`ticket:${foreign.id}`, nowhere, 'desk:main', 'board:main', 'x'],
  });
});

test('R-LIVE-01 an executor may follow what is in their hand and their own desk, without its board', async () => {
  const deskId = freshDesk(rt);
  const executor = await addExecutor(rt, { homeDeskId: deskId });
  const held = await addAssigned(rt, executor);
  const waiting = await addTicket(rt, { deskId });
  const line = await open(executor.id, 'executor');
  const { topics } = await line.subscribe(
    `ticket:${held.id}`,
    `ticket:${waiting.id}`,
    `desk:${deskId}`,
    'desk:main',
    `board:${deskId}`,
  );
  expect(topics).toEqual([`ticket:${held.id}`, `desk:${deskId}`]);
});

test('R-LIVE-01 a manager may follow every ticket and desk, an admin none', async () => {
  const ticket = await addTicket(rt);
  const wanted = [`ticket:${ticket.id}`, 'desk:main', 'board:main'];
  const manager = await open(rt.ids.next('usr'), 'manager');
  expect(await manager.subscribe(...wanted)).toMatchObject({ topics: wanted, refused: [] });
  const admin = await open(rt.ids.next('usr'), 'admin');
  expect(await admin.subscribe(...wanted, 'me')).toMatchObject({ topics: ['me'], refused: wanted });
});

test('R-LIVE-01 more frames in a second than ten close the connection, and a second later it may go on with ten', async () => {
  const line = await open(rt.ids.next('usr'), 'client');
  for (let n = 0; n < 10; n += 1) await line.send({ type: 'beat' });
  expect(line.received('bye')).toEqual([]);
  rt.clock.moveTo(rt.clock.nowMs() + 1_000);
  for (let n = 0; n < 10; n += 1) await line.send({ type: 'beat' });
  expect(line.received('bye')).toEqual([]);
  await line.send({ type: 'beat' });
  expect(line.received('bye')).toEqual([{ type: 'bye', reason: 'too-many-frames' }]);
  expect(gateway.closed.has(line.connectionId)).toBe(true);
});

test.each([
  ['no JSON', 'hello', 'invalid-frame'],
  ['nothing', '', 'invalid-frame'],
  ['an unknown type', { type: 'shout' }, 'invalid-frame'],
  ['a field too many', { type: 'beat', as: 'usr_somebody' }, 'invalid-frame'],
  ['a route’s name', { action: '$disconnect', type: 'beat' }, 'invalid-frame'],
  ['no topics', { type: 'subscribe', topics: [] }, 'invalid-frame'],
  ['101 topics', { type: 'subscribe', topics: Array.from({ length: 101 }, () => 'x') }, 'invalid-frame'],
  ['more than 4 KB', JSON.stringify({ type: 'beat', x: 'ы'.repeat(2_050) }), 'frame-too-large'],
])('R-LIVE-01 a frame of %s closes the connection, which is told why', async (_, frame, reason) => {
  const line = await open(rt.ids.next('usr'), 'client');
  await line.send(frame);
  expect(line.received('bye')).toEqual([{ type: 'bye', reason }]);
  await line.send({ type: 'subscribe', topics: ['me'] });
  expect(line.received('subscribed')).toEqual([]);
});

test('R-LIVE-01 a connection has a hundred topics at most; those it gave back count no more', async () => {
  const clientId = rt.ids.next('usr');
  const line = await open(clientId, 'client');
  const topics: string[] = [];
  for (let n = 0; n < 101; n += 1) topics.push(`ticket:${(await addTicket(rt, { clientId })).id}`);
  const [first = '', ...others] = topics;
  for (const from of [0, 60]) await line.subscribe(...topics.slice(from, Math.min(from + 60, 100)));
  await line.subscribe(first);
  await line.send({ type: 'unsubscribe', topics: [first] });
  expect(await line.subscribe(others.at(-1) ?? '')).toMatchObject({ topics: [others.at(-1)] });
  rt.clock.moveTo(rt.clock.nowMs() + 1_000);
  await line.send({ type: 'subscribe', topics: [first] });
  expect(line.received('bye')).toEqual([{ type: 'bye', reason: 'too-many-topics' }]);
});

test('R-LIVE-01 a connection is told to make room for the next one before the gateway ends it', async () => {
  const line = await open(rt.ids.next('usr'), 'client');
  rt.clock.moveTo(rt.clock.nowMs() + 104 * 60_000);
  await line.send({ type: 'beat' });
  expect(line.received('bye')).toEqual([]);
  rt.clock.moveTo(rt.clock.nowMs() + 2 * 60_000);
  await line.send({ type: 'beat' });
  expect(line.received('bye')).toEqual([{ type: 'bye', reason: 'time-limit' }]);
});

test('R-LIVE-01 a frame that could not be answered closes the connection instead of leaving somebody waiting', async () => {
  const line = await open(rt.ids.next('usr'), 'client');
  gateway.fail(line.connectionId, 500, 3);
  await line.send({ type: 'subscribe', topics: ['me'] });
  expect(line.received('bye')).toEqual([{ type: 'bye', reason: 'try-again' }]);
});

test('R-LIVE-01 a frame that the gateway takes at the second try is sent', async () => {
  const line = await open(rt.ids.next('usr'), 'client');
  gateway.fail(line.connectionId, 503, 1);
  expect(await line.subscribe('me')).toMatchObject({ topics: ['me'] });
});
