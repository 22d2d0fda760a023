import { threadWrite } from '../../../lib/desk/core/thread-repository.ts';
import type { Executor } from '../../../lib/desk/model.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client } from '../../support/clients.ts';
import { countRequests, putItems } from '../../support/count-requests.ts';
import { addExecutor, addTicket, freshDesk } from '../../support/desk.ts';
import { allOf } from '../../support/lists/follow-list.ts';
import { newUser, type TestUser, userOn } from '../../support/staff.ts';
import { addAssigned } from '../../support/tickets.ts';

let aws: TestAws;
let rt: TestRuntime;
let client: Client;
let manager: TestUser;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  client = aClient(rt);
  manager = newUser(rt, 'manager');
});

const inPerson = ({ id }: Pick<Executor, 'id'>): TestUser => userOn(rt, { ...manager, id }, 'executor');

/** Counts what the desk itself asks: the list of revocations, which is the process's own, has been read before. */
const countFromNow = async () => {
  await client.call('GET /v1/tickets');
  return countRequests(rt);
};

describe('a ticket', () => {
  it('R-AUTH-05 shows its client nothing of who handles it and of its line', async () => {
    const executor = await addExecutor(rt);
    const { id } = await addAssigned(rt, executor, { clientId: client.id });
    const { status, body, headers } = await client.call(`GET /v1/tickets/${id}`);
    expect(status).toBe(200);
    expect(Object.keys(body).toSorted()).toEqual(
      ['createdAt', 'deskId', 'orderedAt', 'state', 'ticketId', 'urgent', 'version'].toSorted(),
    );
    expect(headers.etag).toMatch(new RegExp(`^"${body.version}-`));
    expect(JSON.stringify(body)).not.toContain(executor.id);
  });

  it('R-AUTH-05 shows its executor the client and the hand, a manager who was passed over besides', async () => {
    const executor = await addExecutor(rt);
    const { id } = await addAssigned(rt, executor, { clientId: client.id });
    const seen = (await inPerson(executor).call(`GET /v1/tickets/${id}`)).body;
    expect(seen).toMatchObject({ clientId: client.id, executorId: executor.id, state: 'assigned' });
    expect(seen).not.toHaveProperty('heldBy');
    expect((await manager.call(`GET /v1/tickets/${id}`)).body).toMatchObject({
      heldBy: [executor.id],
      passedOver: {},
    });
  });

  it('R-DESK-10 tells its client their position while it waits', async () => {
    const deskId = freshDesk(rt);
    const ahead = await addTicket(rt, { deskId });
    rt.clock.move(10);
    const { id } = await addTicket(rt, { deskId, clientId: client.id });
    const { queue } = (await client.call(`GET /v1/tickets/${id}`)).body;
    expect(queue).toEqual({ position: { count: 2, more: false }, estimate: null });
    expect((await manager.call(`GET /v1/tickets/${ahead.id}`)).body.queue.position.count).toBe(1);
  });

  it.each(['', '/messages'])(
    'R-AUTH-04 that is foreign, or is none, answers 404 alike (%s)',
    async (path) => {
      const executor = await addExecutor(rt);
      const other = await addExecutor(rt);
      const { id } = await addAssigned(rt, executor, {});
      const none = rt.ids.next('tkt');
      for (const who of [client, inPerson(other)]) {
        const answers = [
          await who.call(`GET /v1/tickets/${id}${path}`),
          await who.call(`GET /v1/tickets/${none}${path}`),
        ];
        for (const answer of answers)
          expect(answer).toMatchObject({ status: 404, body: { code: 'ticket-not-found' } });
        expect(answers[0]?.body.detail).toBe(answers[1]?.body.detail);
      }
    },
  );

  it('R-AUTH-05 stays readable for an executor who held it before', async () => {
    const executor = await addExecutor(rt);
    const { id } = await addAssigned(rt, executor, { clientId: client.id });
    await inPerson(executor).call(`POST /v1/tickets/${id}/decline`, { body: {} });
    expect((await inPerson(executor).call(`GET /v1/tickets/${id}`)).body).toMatchObject({ state: 'waiting' });
    expect((await inPerson(executor).call(`GET /v1/tickets/${id}/messages`)).status).toBe(200);
  });
});

describe('the thread of a ticket', () => {
  const talk = async () => {
    const executor = await addExecutor(rt);
    const { id } = await addAssigned(rt, executor, { clientId: client.id });
    const holder = inPerson(executor);
    const say = async (what: string, path: string, who: TestUser = holder) => {
      rt.clock.move(1000);
      const body = path === '/v1/messages' ? { text: what, ticketId: id } : { text: what };
      const { status } = await who.call(`POST ${path}`, { key: rt.ids.next('key'), body });
      expect(status).toBeLessThan(300);
    };
    rt.clock.move(1000);
    await client.write('question', { ticketId: id });
    await say('answer', `/v1/tickets/${id}/replies`);
    await say('he sounds upset', `/v1/tickets/${id}/notes`);
    await say('be kind', `/v1/tickets/${id}/notes`, manager);
    rt.clock.move(1000);
    await client.write('thanks', { ticketId: id });
    return { id, holder, executor };
  };
  const shown = ({ items }: { items: unknown[] }) =>
    items.map((item) => `${(item as { kind: string }).kind}: ${(item as { text: string }).text}`);

  it('R-AUTH-05 shows staff everything, oldest first', async () => {
    const { id, holder, executor } = await talk();
    const { body } = await holder.call(`GET /v1/tickets/${id}/messages`);
    expect(shown(body)).toEqual([
      'client: question',
      'reply: answer',
      'note: he sounds upset',
      'note: be kind',
      'client: thanks',
    ]);
    expect(body.items[1].authorId).toBe(executor.id);
  });

  it.each([1, 2, 3, 20])('R-AUTH-05 never shows the client a note or an author, %s a page', async (limit) => {
    const { id, executor } = await talk();
    const { items, pages } = await allOf(client, `/v1/tickets/${id}/messages`, limit);
    expect(shown({ items })).toEqual(['client: question', 'reply: answer', 'client: thanks']);
    expect(JSON.stringify(items)).not.toContain(executor.id);
    // Short or empty pages would tell that something is kept back.
    expect(pages).toBe(Math.ceil(3 / limit));
  });

  it('R-AUTH-05 R-DESK-10 costs three requests for its client and four for staff, however many notes there are', async () => {
    const { id, holder } = await talk();
    const notes = Array.from({ length: 1000 }, (_, index) =>
      threadWrite(rt, {
        messageId: rt.ids.next('msg'),
        ticketId: id,
        kind: 'note',
        authorId: manager.id,
        at: instant(rt.clock.nowMs() + index),
        text: `note ${index}`,
        attachments: [],
      }),
    );
    await putItems(rt, notes);
    const counted = await countFromNow();

    const { body } = await client.call(`GET /v1/tickets/${id}/messages?limit=100`);
    expect(shown(body)).toEqual(['client: question', 'reply: answer', 'client: thanks']);
    // The ticket, the part of its thread, the names of who wrote it.
    expect(counted().total).toBe(3);

    const page = (await holder.call(`GET /v1/tickets/${id}/messages?limit=100`)).body;
    expect(page.items).toHaveLength(100);
    expect(counted().total).toBe(4);
  });

  it.each([1, 2, 3, 4, 5, 6, 20])('R-AUTH-05 gives staff both kinds in turn, %s a page', async (limit) => {
    const { id, holder } = await talk();
    const { items, pages } = await allOf(holder, `/v1/tickets/${id}/messages`, limit);
    expect(shown({ items })).toEqual([
      'client: question',
      'reply: answer',
      'note: he sounds upset',
      'note: be kind',
      'client: thanks',
    ]);
    expect(pages).toBe(Math.ceil(5 / limit));
  });

  it("R-AUTH-05 does not go on for the client from staff's cursor", async () => {
    const { id, holder } = await talk();
    const { nextCursor } = (await holder.call(`GET /v1/tickets/${id}/messages?limit=2`)).body;
    const { body } = await client.call(`GET /v1/tickets/${id}/messages?cursor=${nextCursor}`);
    expect(body.code).toBe('invalid-cursor');
  });
});

describe('a message', () => {
  it.each(['client', 'executor', 'manager'] as const)(
    'R-AUTH-04 is read by its client alone, not by another %s',
    async (role) => {
      const { messageId } = await client.write('a');
      const { status } = await newUser(rt, role).call(`GET /v1/messages/${messageId}`);
      expect(status).toBe(role === 'client' ? 404 : 403);
    },
  );
});
