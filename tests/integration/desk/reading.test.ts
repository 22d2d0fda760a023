import type { Executor } from '../../../lib/desk/model.ts';
import { threadWrite } from '../../../lib/desk/repository/thread.ts';
import { getTicket, ticketWrites } from '../../../lib/desk/repository/tickets.ts';
import { closeTicket } from '../../../lib/desk/tickets/close-ticket.ts';
import { parkTicket } from '../../../lib/desk/tickets/park-ticket.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client } from '../../support/clients.ts';
import { countRequests, putItems } from '../../support/count-requests.ts';
import { addExecutor, addTicket, freshDesk } from '../../support/desk.ts';
import { type Person, person, personIn } from '../../support/staff.ts';
import { addAssigned, as, by, byHolder } from '../../support/tickets.ts';

let aws: TestAws;
let rt: TestRuntime;
let client: Client;
let manager: Person;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  client = aClient(rt);
  manager = person(rt, 'manager');
});

const inPerson = ({ id }: Pick<Executor, 'id'>): Person => personIn(rt, { ...manager, id }, 'executor');
const idsOf = async (who: Person, query = ''): Promise<string[]> => {
  const { body } = await who.call(`GET /v1/tickets${query}`);
  return body.items.map(({ ticketId }: { ticketId: string }) => ticketId);
};
const closeFor = (ticketId: string) => closeTicket(rt, by(as(client, 'client'), { id: ticketId }));

/** Counts what the desk itself asks: the list of revocations, which is the process's own, has been read before. */
const countFromNow = async () => {
  await client.call('GET /v1/tickets');
  return countRequests(rt);
};

/** Follows a list to its end. */
const allOf = async (
  who: Person,
  path: string,
  limit: number,
): Promise<{ pages: number; items: unknown[] }> => {
  const items: unknown[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const { body } = await who.call(
      `GET ${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`,
    );
    items.push(...body.items);
    cursor = body.nextCursor;
    pages += 1;
  } while (cursor);
  return { pages, items };
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

describe('a list of tickets', () => {
  it('R-AUTH-05 of a client holds their own, newest first, page by page', async () => {
    const written = [];
    for (const text of ['a', 'b', 'c', 'd', 'e']) written.unshift((await client.write(text)).ticketId);
    await aClient(rt).write('not mine');
    const { pages, items } = await allOf(client, '/v1/tickets', 2);
    expect(items.map((item) => (item as { ticketId: string }).ticketId)).toEqual(written);
    expect(pages).toBe(3);
  });

  it('R-AUTH-05 of a client can be narrowed to a state', async () => {
    const { ticketId } = await client.write('a');
    const { ticketId: closed } = await client.write('b');
    await closeFor(closed);
    expect(await idsOf(client, '?state=closed')).toEqual([closed]);
    expect(await idsOf(client, '?state=waiting')).toEqual([ticketId]);
  });

  it('R-AUTH-05 of an executor holds what is in their hand or waits for its client', async () => {
    const executor = await addExecutor(rt);
    const [open, parked, gone] = [
      await addAssigned(rt, executor),
      await addAssigned(rt, executor),
      await addAssigned(rt, executor, { clientId: client.id }),
    ];
    await inPerson(executor).call(`POST /v1/tickets/${parked.id}/accept`);
    await parkTicket(rt, byHolder(executor, parked));
    await closeFor(gone.id);
    expect(await idsOf(inPerson(executor))).toEqual([parked.id, open.id]);
    expect(await idsOf(inPerson(executor), '?held=now&limit=1')).toEqual([parked.id]);
    expect(await idsOf(inPerson(executor), '?held=before')).toEqual([gone.id]);
  });

  it('R-AUTH-05 of a manager holds a desk’s, in any state', async () => {
    const deskId = freshDesk(rt);
    const waiting = await addTicket(rt, { deskId });
    const other = await addTicket(rt, { deskId, clientId: client.id });
    await closeFor(other.id);
    expect(await idsOf(manager, `?deskId=${deskId}`)).toEqual([other.id, waiting.id]);
    expect(await idsOf(manager, `?deskId=${deskId}&state=closed`)).toEqual([other.id]);
  });

  it('R-DESK-10 is searched for a state in two requests a read and one for names, however many were closed', async () => {
    const deskId = freshDesk(rt);
    const template = await addTicket(rt, { deskId, clientId: client.id });
    await closeFor(template.id);
    const ended = await getTicket(rt, template.id);
    const history = Array.from({ length: 2000 }, () => ({ ...ended, id: rt.ids.next('tkt') }));
    await putItems(
      rt,
      history.flatMap((after) => ticketWrites(rt, { before: undefined, after })),
    );
    const counted = await countFromNow();

    // Staff are shown the names of the clients on their page: one more request where a ticket is on it.
    for (const [who, query, names] of [
      [client, '?limit=100', 0],
      [manager, `?limit=100&deskId=${deskId}`, 1],
    ] as const) {
      expect((await who.call(`GET /v1/tickets${query}&state=waiting`)).body).toEqual({
        items: [],
        nextCursor: null,
      });
      expect(counted().total).toBe(1);
      expect((await who.call(`GET /v1/tickets${query}&state=closed`)).body.items).toHaveLength(100);
      expect(counted().total).toBe(2 + names);
      expect((await who.call(`GET /v1/tickets${query}`)).body.items).toHaveLength(100);
      expect(counted().total).toBe(3 + names);
    }
  });

  it('R-DESK-10 hands a page over short when what is asked for is rare among many open ones', async () => {
    const deskId = freshDesk(rt);
    const rare = await addAssigned(rt, await addExecutor(rt, { homeDeskId: deskId }));
    const template = await addTicket(rt, { deskId });
    const waiting = Array.from({ length: 600 }, () => ({ ...template, id: rt.ids.next('tkt') }));
    await putItems(
      rt,
      waiting.flatMap((after) => ticketWrites(rt, { before: undefined, after })),
    );
    const counted = await countFromNow();

    const { body } = await manager.call(`GET /v1/tickets?limit=10&deskId=${deskId}&state=assigned`);
    expect(body).toEqual({ items: [], nextCursor: expect.any(String) });
    expect(counted().total).toBe(10);
    const { items } = await allOf(manager, `/v1/tickets?deskId=${deskId}&state=assigned`, 10);
    expect(items).toMatchObject([{ ticketId: rare.id }]);
  });

  it.each([
    ['a client', 'client', '?held=now'],
    ['a client', 'client', '?deskId=main'],
    ['an executor', 'executor', '?deskId=main'],
    ['a manager', 'manager', '?held=before'],
  ] as const)('R-AUTH-04 gives %s no selection of another role (%s %s)', async (_, role, query) => {
    const answer = await person(rt, role).call(`GET /v1/tickets${query}`);
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it("R-AUTH-04 does not go on from another list's cursor, another person's or a forged one", async () => {
    for (const text of ['a', 'b']) await client.write(text);
    const { nextCursor } = (await client.call('GET /v1/tickets?limit=1')).body;
    const forged = Buffer.from(JSON.stringify({ list: `tickets:client:${client.id}:`, key: { id: 'x' } }));
    const attempts = [
      await aClient(rt).call(`GET /v1/tickets?cursor=${nextCursor}`),
      await client.call(`GET /v1/tickets?state=waiting&cursor=${nextCursor}`),
      await client.call(`GET /v1/tickets?cursor=${forged.toString('base64url')}`),
      await client.call('GET /v1/tickets?cursor=nonsense'),
    ];
    for (const attempt of attempts)
      expect(attempt).toMatchObject({ status: 400, body: { code: 'invalid-cursor' } });
  });
});

describe('the thread of a ticket', () => {
  const talk = async () => {
    const executor = await addExecutor(rt);
    const { id } = await addAssigned(rt, executor, { clientId: client.id });
    const holder = inPerson(executor);
    const say = async (what: string, path: string, who: Person = holder) => {
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
      const { status } = await person(rt, role).call(`GET /v1/messages/${messageId}`);
      expect(status).toBe(role === 'client' ? 404 : 403);
    },
  );
});
