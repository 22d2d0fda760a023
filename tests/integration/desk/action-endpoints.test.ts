import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Ticket } from '../../../lib/desk/model.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addTicket, executorNow, ticketNow } from '../../support/desk.ts';
import { comeOnline, hire, newUser, openDesk, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;
let client: TestUser;
let executor: TestUser;
let deskId: string;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
  client = newUser(rt, 'client');
  deskId = await openDesk(rt, manager);
  executor = await newExecutor();
});

const newExecutor = async (): Promise<TestUser> => {
  const hired = await hire(rt, manager, deskId);
  await comeOnline(hired);
  return hired;
};

const post = (who: TestUser, ticket: Pick<Ticket, 'id'>, action: string, options = {}) =>
  who.call(`POST /v1/tickets/${ticket.id}/${action}`, options);

const assigned = async (to = executor): Promise<Ticket> => {
  const ticket = await addTicket(rt, { deskId, clientId: client.id });
  const { status } = await post(manager, ticket, 'assign', { body: { executorId: to.id } });
  expect(status).toBe(200);
  return ticket;
};

const uploaded = async (): Promise<string> => {
  const body = { fileName: 'answer.txt', contentType: 'text/plain', sizeBytes: 5 };
  const answer = await executor.call('POST /v1/uploads', { key: rt.ids.next('key'), body });
  const { uploadId, fields } = answer.body;
  const object = { Bucket: rt.env.BUCKET_UPLOADS, Key: fields.key, Body: 'hello', ContentType: 'text/plain' };
  await rt.s3.send(new PutObjectCommand(object));
  return uploadId;
};

describe('actions over HTTP', () => {
  test('R-DESK-10 assign, accept, set aside, transfer, decline and close, each answering the ticket as it is then', async () => {
    const other = await newExecutor();
    const ticket = await assigned();
    const steps = [
      await post(executor, ticket, 'accept'),
      await post(executor, ticket, 'waiting'),
      await post(executor, ticket, 'transfer', { body: { executorId: other.id, reason: 'theirs' } }),
      await post(other, ticket, 'decline', { body: {} }),
      await post(manager, ticket, 'urgency', { body: { urgent: true, reason: 'a flood' } }),
      await post(manager, ticket, 'close', { body: { reason: 'solved' } }),
    ];
    expect(steps.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(steps.map(({ body }) => body.state)).toEqual([
      'accepted',
      'waitingClient',
      'assigned',
      'waiting',
      'waiting',
      'closed',
    ]);
    expect(steps.at(-1)?.headers.etag).toBe(`"${(await ticketNow(rt, ticket.id)).version}"`);
  });

  test('R-AUTH-05 a client who closes sees nothing of who handled it', async () => {
    const ticket = await assigned();
    const { status, body } = await post(client, ticket, 'close');
    expect([status, body.state]).toEqual([200, 'closed']);
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['executorId']));
    const again = await post(client, ticket, 'close');
    expect([again.status, again.body.code]).toEqual([409, 'ticket-closed']);
  });

  test('R-DESK-08 409 for one who held it, 404 for one who never did, and for a foreign client', async () => {
    const [former, never] = [await newExecutor(), await newExecutor()];
    const ticket = await assigned(former);
    await post(manager, ticket, 'assign', { body: { executorId: executor.id } });

    const answers = [
      await post(former, ticket, 'accept'),
      await post(never, ticket, 'accept'),
      await post(newUser(rt, 'client'), ticket, 'close'),
      await post(executor, { id: rt.ids.next('tkt') }, 'accept'),
    ];

    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      '409 ticket-moved',
      '404 ticket-not-found',
      '404 ticket-not-found',
      '404 ticket-not-found',
    ]);
  });

  test('an action on a version other than the one seen is 412', async () => {
    const ticket = await assigned();
    const { status, body } = await post(executor, ticket, 'accept', { ifMatch: '"1"' });
    expect([status, body.code]).toEqual([412, 'stale']);
  });

  test('a transfer to both or to neither is no transfer', async () => {
    const ticket = await assigned();
    const both = await post(executor, ticket, 'transfer', { body: { executorId: manager.id, deskId } });
    const neither = await post(executor, ticket, 'transfer', { body: { reason: 'just so' } });
    expect([both.status, neither.status]).toEqual([400, 400]);
  });

  test('R-DESK-10 bulk reassignment answers how many will move', async () => {
    await assigned();
    await assigned();
    const { status, body } = await manager.call(`POST /v1/executors/${executor.id}/reassign`, {
      body: { reason: 'went home ill' },
    });
    expect([status, body]).toEqual([202, { executorId: executor.id, tickets: 2 }]);
    expect((await executorNow(rt, executor.id)).epoch).toBe(2);
  });
});

describe('replies and notes', () => {
  test('R-DESK-10 a reply accepts an assigned ticket and stands in the thread, with its attachment', async () => {
    const ticket = await assigned();
    const uploadId = await uploaded();

    const answer = await post(executor, ticket, 'replies', {
      key: rt.ids.next('key'),
      body: { text: 'On our way', attachments: [uploadId] },
    });

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ kind: 'reply', text: 'On our way', attachments: [{ uploadId }] });
    expect((await ticketNow(rt, ticket.id)).state).toBe('accepted');
    const thread = await client.call(`GET /v1/tickets/${ticket.id}/messages`);
    expect(thread.body.items).toMatchObject([{ messageId: answer.body.messageId, kind: 'reply' }]);
  });

  test('a reply sent twice under one key, even at once, is one reply with one answer', async () => {
    const ticket = await assigned();
    const wish = { key: rt.ids.next('key'), body: { text: 'On our way', attachments: [await uploaded()] } };

    const atOnce = await Promise.all([1, 2, 3].map(() => post(executor, ticket, 'replies', wish)));
    const later = await post(executor, ticket, 'replies', wish);
    const other = await post(executor, ticket, 'replies', { ...wish, body: { text: 'Not today' } });

    expect([...atOnce, later].map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set([...atOnce, later].map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
    const thread = await client.call(`GET /v1/tickets/${ticket.id}/messages`);
    expect(thread.body.items).toHaveLength(1);
  });

  test('a repeated reply gets its answer even after the ticket has moved on', async () => {
    const ticket = await assigned();
    const wish = { key: rt.ids.next('key'), body: { text: 'On our way' } };
    const first = await post(executor, ticket, 'replies', wish);
    await post(executor, ticket, 'decline');

    expect((await post(executor, ticket, 'replies', wish)).body).toEqual(first.body);
    const fresh = await post(executor, ticket, 'replies', { ...wish, key: rt.ids.next('key') });
    expect(fresh.body.code).toBe('ticket-moved');
  });

  test('R-AUTH-05 a note is for staff: its client never sees it', async () => {
    const ticket = await assigned();
    const wish = { key: rt.ids.next('key'), body: { text: 'Nobody answered' } };
    const [byManager, byExecutor] = [
      await post(manager, ticket, 'notes', wish),
      await post(executor, ticket, 'notes', wish),
    ];
    expect([byManager.status, byExecutor.status]).toEqual([201, 201]);
    expect((await ticketNow(rt, ticket.id)).state).toBe('assigned');
    const seen = await client.call(`GET /v1/tickets/${ticket.id}/messages`);
    const known = await executor.call(`GET /v1/tickets/${ticket.id}/messages`);
    expect([seen.body.items.length, known.body.items.length]).toEqual([0, 2]);
  });

  test('a reply needs a key', async () => {
    const ticket = await assigned();
    const { status, body } = await post(executor, ticket, 'replies', { body: { text: 'Hello' } });
    expect([status, body.code]).toEqual([400, 'idempotency-key-required']);
  });
});
