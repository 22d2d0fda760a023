import type { Role } from '../../../lib/platform/caller.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { call, drain, type TestRuntime } from '../../support/aws/index.ts';
import { aClient } from '../../support/clients.ts';
import { addExecutor, addTicket, freshDesk, ticketNow } from '../../support/desk.ts';
import type { FakeGateway } from '../../support/live/fake-gateway.ts';
import { type LiveClient, liveWorld, openLive } from '../../support/live/live-client.ts';
import { newUser, type TestUser } from '../../support/staff.ts';
import { addAssigned } from '../../support/tickets.ts';

let rt: TestRuntime;
let gateway: FakeGateway;
let deskId: string;
beforeAll(async () => {
  ({ rt, gateway } = await liveWorld());
});
afterAll(() => gateway.stop());
beforeEach(() => {
  deskId = freshDesk(rt);
});

const open = (id: string, ...roles: Role[]) => openLive({ rt, gateway }, { id, roles });
const kinds = (line: LiveClient, topic: string): string[] =>
  line
    .received('changed')
    .filter((frame) => frame.topic === topic)
    .map(({ kind }) => String(kind));

/** A ticket in an executor's hand, and the lines of both. */
const served = async () => {
  const executor = await addExecutor(rt, { homeDeskId: deskId });
  const ticket = await addAssigned(rt, executor);
  await drain(rt);
  const [client, holder] = [await open(ticket.clientId, 'client'), await open(executor.id, 'executor')];
  const topic = `ticket:${ticket.id}`;
  await client.subscribe(topic);
  await holder.subscribe(topic, 'me');
  return { ticket, topic, client, holder, executor: asExecutor(executor.id) };
};

/** Somebody who is an executor already, calling. */
const asExecutor = (id: string): TestUser => ({
  id,
  call: async (request, options) =>
    call(rt, request, { ...options, token: await rt.token({ id, roles: ['executor'] }) }),
});

const write = (user: TestUser, ticketId: string, what: 'replies' | 'notes') =>
  user.call(`POST /v1/tickets/${ticketId}/${what}`, { key: rt.ids.next('key'), body: { text: 'The words' } });

test('R-LIVE-01 a reply is announced to whoever follows the ticket, by kind and version and without a word of it', async () => {
  const { ticket, topic, client, holder, executor } = await served();
  expect((await write(executor, ticket.id, 'replies')).status).toBe(201);
  await drain(rt);
  const { version } = await ticketNow(rt, ticket.id);
  const frames = client.received('changed');
  expect(frames).toEqual(
    expect.arrayContaining([
      { type: 'changed', topic, kind: 'ticket', id: ticket.id, version },
      { type: 'changed', topic, kind: 'entries', id: ticket.id, version: rt.clock.nowMs() },
    ]),
  );
  expect(frames).toHaveLength(2);
  expect(kinds(holder, topic).toSorted()).toEqual(['entries', 'ticket']);
  expect(kinds(holder, 'me').toSorted()).toEqual(['entries', 'ticket']);
  expect(JSON.stringify(gateway.frames(client.connectionId))).not.toContain('words');
});

test('R-LIVE-01 a client learns of no note', async () => {
  const { ticket, topic, client, holder, executor } = await served();
  await client.subscribe('me');
  expect((await write(executor, ticket.id, 'notes')).status).toBe(201);
  await drain(rt);
  expect(client.received('changed')).toEqual([]);
  expect(kinds(holder, topic)).toEqual(['entries']);
});

test('R-LIVE-01 who lost a ticket receives `gone`, and nothing of what is written then', async () => {
  const { ticket, topic, client, holder } = await served();
  const next = await addExecutor(rt, { homeDeskId: deskId });
  const manager = newUser(rt, 'manager');
  const assigned = await manager.call(`POST /v1/tickets/${ticket.id}/assign`, {
    key: rt.ids.next('key'),
    body: { executorId: next.id, reason: 'test' },
  });
  expect(assigned.status).toBe(200);
  await drain(rt);
  expect(holder.received('gone')).toEqual([{ type: 'gone', topic }]);
  expect(kinds(holder, topic)).toEqual([]);
  await write(asExecutor(next.id), ticket.id, 'notes');
  await write(asExecutor(next.id), ticket.id, 'replies');
  await drain(rt);
  expect(holder.received('gone')).toHaveLength(1);
  expect(kinds(holder, topic)).toEqual([]);
  expect(kinds(client, topic)).toContain('entries');
});

test('R-LIVE-01 what is opened, assigned and closed reaches its client, its executor and the managers of its desk', async () => {
  const client = aClient(rt);
  const executor = await addExecutor(rt, { homeDeskId: 'main' });
  const [ofClient, ofExecutor, ofManager] = [
    await open(client.id, 'client'),
    await open(executor.id, 'executor'),
    await open(rt.ids.next('usr'), 'manager'),
  ];
  await ofClient.subscribe('me');
  await ofExecutor.subscribe('me', 'desk:main');
  await ofManager.subscribe('desk:main');
  const { ticketId } = await client.write('The heating is cold');
  await drain(rt);
  expect((await ticketNow(rt, ticketId)).executorId).toBe(executor.id);
  expect(kinds(ofExecutor, 'me')).toContain('ticket');
  expect(kinds(ofClient, 'me')).toEqual(expect.arrayContaining(['ticket', 'entries']));
  const seen = ofManager.received('changed').filter(({ id }) => id === ticketId);
  expect(Math.max(...seen.map(({ version }) => Number(version)))).toBe(
    (await ticketNow(rt, ticketId)).version,
  );
  // Tickets of a desk are not each executor's: they learn that there is something new.
  const onDesk = ofExecutor.received('changed').filter(({ topic }) => topic === 'desk:main');
  expect([...new Set(onDesk.map(({ kind, id }) => `${kind} ${id}`))]).toEqual(['desk main']);
});

test('R-LIVE-01 what is not committed is not announced', async () => {
  const { ticket, client, executor } = await served();
  await executor.call(`POST /v1/tickets/${ticket.id}/accept`, { ifMatch: '"999"' });
  const stranger = newUser(rt, 'executor');
  await write(stranger, ticket.id, 'replies');
  await drain(rt);
  expect(client.received('changed')).toEqual([]);
});

test('R-LIVE-01 a connection that is gone is forgotten at the first frame, and the others get theirs', async () => {
  const { ticket, topic, client, holder, executor } = await served();
  gateway.vanish(holder.connectionId);
  await write(executor, ticket.id, 'replies');
  await drain(rt);
  expect(kinds(client, topic)).toContain('entries');
  const before = gateway.requests();
  await write(executor, ticket.id, 'replies');
  await drain(rt);
  expect(gateway.requests() - before).toBe(1);
});

test('R-LIVE-01 a connection whose frame the gateway does not take is closed, so that nothing is missed unnoticed', async () => {
  const { ticket, topic, client, holder, executor } = await served();
  await drain(rt);
  // Of both topics it follows, each tried three times.
  gateway.fail(holder.connectionId, 500, 6);
  await write(executor, ticket.id, 'notes');
  await drain(rt);
  expect(gateway.closed.has(holder.connectionId)).toBe(true);
  expect(holder.received('bye')).toContainEqual({ type: 'bye', reason: 'try-again' });
  expect(kinds(client, topic)).toEqual([]);
});

test('R-LIVE-01 a board is sent once a second at most, the last change included, and only while somebody follows it', async () => {
  const manager = await open(rt.ids.next('usr'), 'manager');
  for (let n = 0; n < 3; n += 1) await addTicket(rt, { deskId });
  await drain(rt, { advanceMs: 3_000 });
  await manager.subscribe(`board:${deskId}`);
  for (let n = 0; n < 4; n += 1) {
    await addTicket(rt, { deskId });
    await drain(rt);
  }
  expect(manager.received('board')).toEqual([]);
  await drain(rt, { advanceMs: 1_000 });
  const [board, ...more] = manager.received('board');
  expect(more).toEqual([]);
  expect(board).toMatchObject({ topic: `board:${deskId}`, board: { at: instant(rt.clock.nowMs()) } });
  expect(JSON.stringify(board)).toContain('"waiting":{"count":7,"more":false}');
  await addTicket(rt, { deskId });
  await drain(rt, { advanceMs: 1_000 });
  expect(manager.received('board')).toHaveLength(2);
});

test('R-LIVE-01 limits that change are announced on their desk', async () => {
  const manager = newUser(rt, 'manager');
  const line = await open(manager.id, 'manager');
  await line.subscribe('desk:main');
  const { headers } = await manager.call('GET /v1/limits?deskId=main');
  const body = { deskId: 'main', values: { maxTicketsPerExecutor: 7 } };
  expect((await manager.call('PATCH /v1/limits', { ifMatch: headers.etag, body })).status).toBe(200);
  await drain(rt);
  expect(line.received('changed')).toContainEqual(expect.objectContaining({ kind: 'limits', id: 'main' }));
});
