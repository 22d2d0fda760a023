import { getTicket, ticketWrites } from '../../../lib/desk/core/ticket-repository.ts';
import type { Executor } from '../../../lib/desk/model.ts';
import { closeTicket } from '../../../lib/desk/tickets/close-ticket.ts';
import { parkTicket } from '../../../lib/desk/tickets/park-ticket.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client } from '../../support/clients.ts';
import { countRequests, putItems } from '../../support/count-requests.ts';
import { addExecutor, addTicket, freshDesk } from '../../support/desk.ts';
import { allOf } from '../../support/lists/follow-list.ts';
import { newUser, type TestUser, userOn } from '../../support/staff.ts';
import { addAssigned, as, by, byHolder } from '../../support/tickets.ts';

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
const idsOf = async (who: TestUser, query = ''): Promise<string[]> => {
  const { body } = await who.call(`GET /v1/tickets${query}`);
  return body.items.map(({ ticketId }: { ticketId: string }) => ticketId);
};
const closeFor = (ticketId: string) => closeTicket(rt, by(as(client, 'client'), { id: ticketId }));

/** Counts what the desk itself asks: the list of revocations, which is the process's own, has been read before. */
const countFromNow = async () => {
  await client.call('GET /v1/tickets');
  return countRequests(rt);
};

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

  it('R-DESK-10 is searched for a state in two requests a read, one for cards and one for names, however many were closed', async () => {
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

    // Where a ticket is on the page, cards and marks are one request more for fifty, and for staff the names of the clients another.
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
      expect(counted().total).toBe(4 + names);
      expect((await who.call(`GET /v1/tickets${query}`)).body.items).toHaveLength(100);
      expect(counted().total).toBe(5 + names);
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
    const answer = await newUser(rt, role).call(`GET /v1/tickets${query}`);
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it("R-AUTH-04 does not go on from another list's cursor, another user's or a forged one", async () => {
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
