import { listFacts } from '../../../lib/desk/core/journal-repository.ts';
import { ticketReleased } from '../../../lib/desk/events.ts';
import type { Ticket } from '../../../lib/desk/model.ts';
import { auditRecorded } from '../../../lib/platform/audit.ts';
import { instant, plusSeconds } from '../../../lib/platform/clock.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client } from '../../support/clients.ts';
import { addExecutor, addTicket, executorNow, ticketNow } from '../../support/desk.ts';
import {
  comeOnline,
  hire,
  listenToEvents,
  newUser,
  ofType,
  openDesk,
  putLimits,
  type TestUser,
  userOn,
} from '../../support/staff.ts';
import { addAssigned } from '../../support/tickets.ts';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;
let deskId: string;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
  deskId = await openDesk(rt, manager);
});

/** Each a millisecond after what was before: a thread sorts by time. */
const post = (who: TestUser, { id }: Pick<Ticket, 'id'>, action: string, body: object = {}) => {
  rt.clock.move(1);
  return who.call(`POST /v1/tickets/${id}/${action}`, { key: rt.ids.next('key'), body });
};
const threadOf = async (who: TestUser, { id }: Pick<Ticket, 'id'>, query = '') =>
  (await who.call(`GET /v1/tickets/${id}/messages${query}`)).body;
const texts = async (who: TestUser, ticket: Pick<Ticket, 'id'>): Promise<string[]> =>
  (await threadOf(who, ticket)).items.map(({ text }: { text: string }) => text);

describe('a manager answers', () => {
  test('R-DESK-10 any open ticket, in their own name, and it stays where it is', async () => {
    const executor = await addExecutor(rt, { homeDeskId: deskId });
    const assigned = await addAssigned(rt, executor);
    const waiting = await addTicket(rt, { deskId });
    const received = listenToEvents(rt);
    for (const ticket of [assigned, waiting]) {
      const { status, body } = await post(manager, ticket, 'replies', { text: 'The head of the desk here' });
      expect([status, body.kind, body.authorAs]).toEqual([201, 'reply', 'manager']);
      expect((await ticketNow(rt, ticket.id)).state).toBe(ticket.state);
    }
    const { items } = await threadOf(manager, waiting);
    expect(items).toMatchObject([{ kind: 'reply', authorId: manager.id, authorAs: 'manager' }]);
    expect(ofType(received, auditRecorded).map(({ data }) => data)).toMatchObject([
      { action: 'ticket.replied', details: { as: 'manager' } },
      { action: 'ticket.replied', details: { as: 'manager' } },
    ]);
  });

  test('R-DESK-10 not one that is closed; an executor of it answers as such', async () => {
    const executor = await hire(rt, manager, deskId);
    await comeOnline(executor);
    const ticket = await addAssigned(rt, await executorNow(rt, executor.id));
    const own = await post(executor, ticket, 'replies', { text: 'Mine' });
    expect(own.body).toMatchObject({ authorAs: 'executor' });
    expect((await ticketNow(rt, ticket.id)).state).toBe('accepted');
    await post(manager, ticket, 'close');
    expect((await post(manager, ticket, 'replies', { text: 'Late' })).body.code).toBe('ticket-closed');
  });
});

describe('a manager moves a ticket to another desk', () => {
  test('R-DESK-10 from the line or out of a hand, to its own line there; the desk it left is told', async () => {
    const other = await openDesk(rt, manager);
    const executor = await addExecutor(rt, { homeDeskId: deskId });
    const held = await addAssigned(rt, executor);
    const waiting = await addTicket(rt, { deskId, line: 'urgent' });
    for (const ticket of [held, waiting]) {
      const { status, body } = await post(manager, ticket, 'transfer', { deskId: other, reason: 'theirs' });
      expect([status, body.deskId, body.state]).toEqual([200, other, 'waiting']);
    }
    expect((await executorNow(rt, executor.id)).open).toEqual([]);
    expect(await ticketNow(rt, waiting.id)).toMatchObject({ line: 'urgent', orderedAt: waiting.orderedAt });
    await drain(rt);
    const now = instant(rt.clock.nowMs());
    const { entries } = await listFacts(rt, deskId, { from: plusSeconds(now, -3600), to: now, atMost: 100 });
    const left = entries.filter(({ type }) => type === ticketReleased.name).map(({ data }) => data.ticketId);
    expect(left.sort()).toEqual([held.id, waiting.id].sort());
  });

  test('R-DESK-10 not to the desk it is on, nor to an executor: that is assigning', async () => {
    const ticket = await addTicket(rt, { deskId });
    const executor = await addExecutor(rt, { homeDeskId: deskId });
    const codes = [
      (await post(manager, ticket, 'transfer', { deskId })).body.code,
      (await post(manager, ticket, 'transfer', { executorId: executor.id })).body.code,
      (await post(manager, ticket, 'transfer', { deskId: rt.ids.next('dsk') })).body.code,
    ];
    expect(codes).toEqual(['same-desk', 'assign-instead', 'desk-not-found']);
  });
});

describe("a manager's word that it is not urgent", () => {
  const urgently = (client: Client, ticketId?: string) =>
    client.write('Now!', { urgent: true, ...(ticketId && { ticketId }) });
  const say = (who: TestUser, ticketId: string, urgent: boolean) =>
    post(who, { id: ticketId }, 'urgency', { urgent, reason: 'seen' });

  test("R-DESK-13 holds against the client's urgent messages for a day, and takes none of the day's three", async () => {
    const client = aClient(rt);
    const { ticketId } = await urgently(client);
    await say(manager, ticketId, false);
    expect((await urgently(client, ticketId)).urgentGranted).toBe(false);
    expect((await ticketNow(rt, ticketId)).urgent).toBe(false);
    rt.clock.move(24 * 3600_000 - 60_000);
    expect((await urgently(client, ticketId)).urgentGranted).toBe(false);
    rt.clock.move(60_001);
    expect((await urgently(client, ticketId)).urgentGranted).toBe(true);
    expect((await ticketNow(rt, ticketId)).urgent).toBe(true);
  });

  test('R-DESK-13 holds for a ticket that was not urgent, and for the one that continues it', async () => {
    const client = aClient(rt);
    const { ticketId } = await client.write('Hello');
    const { body } = await say(manager, ticketId, false);
    expect(Date.parse(body.notUrgentUntil)).toBe(rt.clock.nowMs() + 24 * 3600_000);
    await post(manager, { id: ticketId }, 'close');
    const next = await urgently(client, ticketId);
    expect([next.ticketId === ticketId, next.urgentGranted]).toEqual([false, false]);
    expect((await urgently(client, next.ticketId)).urgentGranted).toBe(false);
    // Another request is another matter.
    expect((await urgently(client)).urgentGranted).toBe(true);
  });

  test('R-DESK-13 is lifted by staff who make it urgent; the word of an executor alone holds against nobody', async () => {
    const executor = await hire(rt, manager, deskId);
    await comeOnline(executor);
    const client = aClient(rt);
    const { ticketId } = await urgently(client);
    await post(manager, { id: ticketId }, 'assign', { executorId: executor.id });
    await say(manager, ticketId, false);
    await say(executor, ticketId, true);
    await say(executor, ticketId, false);
    expect((await urgently(client, ticketId)).urgentGranted).toBe(true);
  });

  test('R-DESK-13 holds as long as the desk says', async () => {
    await putLimits(manager, 'main', { notUrgentHoldSec: 0, urgentMessagesPerDay: 1 });
    const client = aClient(rt);
    const { ticketId } = await client.write('Hello');
    await say(manager, ticketId, false);
    expect((await urgently(client, ticketId)).urgentGranted).toBe(true);
    expect((await urgently(client)).urgentGranted).toBe(false);
    await putLimits(manager, 'main', { notUrgentHoldSec: null, urgentMessagesPerDay: null });
  });
});

describe('whoever lost a ticket', () => {
  test('R-DESK-08 reads what was written until then, no note and no message after', async () => {
    const [first, second] = [await hire(rt, manager, deskId), await hire(rt, manager, deskId)];
    await comeOnline(first);
    await comeOnline(second);
    const client = aClient(rt);
    const { ticketId } = await client.write('One');
    const ticket = { id: ticketId };
    await post(manager, ticket, 'assign', { executorId: first.id });
    await post(first, ticket, 'notes', { text: 'Two' });
    await post(manager, ticket, 'assign', { executorId: second.id });
    const lostAt = instant(rt.clock.nowMs());
    await post(second, ticket, 'notes', { text: 'Of them: three' });
    await post(second, ticket, 'replies', { text: 'Four' });
    rt.clock.move(1);
    await client.write('Five', { ticketId });

    expect(await texts(first, ticket)).toEqual(['One', 'Two']);
    expect(await texts(second, ticket)).toEqual(['One', 'Two', 'Of them: three', 'Four', 'Five']);
    const paged = await threadOf(first, ticket, '?limit=1');
    const rest = await threadOf(first, ticket, `?limit=1&cursor=${paged.nextCursor}`);
    expect([rest.items[0].text, rest.nextCursor]).toEqual(['Two', null]);

    const seen = (await first.call(`GET /v1/tickets/${ticketId}`)).body;
    expect(seen).toMatchObject({ ticketId, clientId: client.id, lostAt });
    expect(seen).not.toHaveProperty('executorId');
    const { body } = await first.call('GET /v1/tickets?held=before');
    expect(body.items).toEqual([seen]);
    const writes = [
      await post(first, ticket, 'replies', { text: 'Late' }),
      await post(first, ticket, 'notes', { text: 'Late' }),
      await first.call(`GET /v1/tickets/${ticketId}/why`),
    ];
    expect(writes.map((answer) => answer.status)).toEqual([409, 409, 404]);
  });

  test('R-DESK-08 who gets it back reads everything again, and who lost it twice up to the second time', async () => {
    const [first, second] = [await hire(rt, manager, deskId), await hire(rt, manager, deskId)];
    await comeOnline(first);
    await comeOnline(second);
    const ticket = await addTicket(rt, { deskId });
    const to = ({ id }: TestUser) => post(manager, ticket, 'assign', { executorId: id });
    await to(first);
    await to(second);
    await post(second, ticket, 'notes', { text: 'Between' });
    await to(first);
    expect(await texts(first, ticket)).toEqual(['Between']);
    await to(second);
    await post(second, ticket, 'notes', { text: 'After' });
    expect(await texts(first, ticket)).toEqual(['Between']);
    await post(manager, ticket, 'close');
    expect(await texts(second, ticket)).toEqual(['Between', 'After', 'Closed']);
    expect(await texts(userOn(rt, first, 'executor'), ticket)).toEqual(['Between']);
  });
});
