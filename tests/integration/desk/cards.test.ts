import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ticketCards } from '../../../lib/desk/core/card-repository.ts';
import { deskTable, findItems } from '../../../lib/desk/core/table.ts';
import { listThread } from '../../../lib/desk/core/thread-repository.ts';
import { cardOf } from '../../../lib/desk/core/ticket-card.ts';
import { takeNumber } from '../../../lib/desk/core/ticket-number-repository.ts';
import { getTicket } from '../../../lib/desk/core/ticket-repository.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client } from '../../support/clients.ts';
import { addTicket } from '../../support/desk.ts';
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
  await makeKnown(rt, executor.id, { version: 2, roles: ['executor'], name: 'Emma Stone' });
  await comeOnline(executor);
  client = aClient(rt);
  await makeKnown(rt, client.id, { name: 'Clara Client' });
  ({ ticketId } = await client.write('The tap\ndrips'));
  await assign(executor);
});

const assign = ({ id }: TestUser) =>
  manager.call(`POST /v1/tickets/${ticketId}/assign`, { body: { executorId: id } });
const add = (who: TestUser, what: 'replies' | 'notes', text: string) => {
  rt.clock.move(1000);
  return who.call(`POST /v1/tickets/${ticketId}/${what}`, { key: rt.ids.next('key'), body: { text } });
};
const seenBy = async (who: TestUser) => (await who.call(`GET /v1/tickets/${ticketId}`)).body;
const listedFor = async (who: TestUser, query = '') =>
  (await who.call(`GET /v1/tickets${query}`)).body.items.find(
    (ticket: { ticketId: string }) => ticket.ticketId === ticketId,
  );
const wholeThread = async (id: string) =>
  (await listThread(rt, { ticketId: id, limit: 100, notes: true })).items;

describe('the card of a ticket', () => {
  it('R-DESK-10 shows who holds it the subject, the last entry and who wrote it, in the list as in the ticket', async () => {
    await add(executor, 'replies', 'On my way');
    await client.write('Thanks', { ticketId });
    await add(manager, 'notes', 'Be kind');
    for (const seen of [await seenBy(executor), await listedFor(executor)]) {
      expect(seen).toMatchObject({
        client: { id: client.id, name: 'Clara Client' },
        card: {
          ...{ subject: 'The tap drips', preview: 'Be kind', entries: 4 },
          lastEntry: { kind: 'note', author: { id: manager.id } },
        },
      });
    }
  });

  it('R-AUTH-05 shows its client nothing of a note, and who replied by display name alone', async () => {
    await add(executor, 'replies', 'On my way');
    const before = [await seenBy(client), await listedFor(client)];
    await add(executor, 'notes', 'A difficult one');
    await add(manager, 'notes', 'I know');
    expect([await seenBy(client), await listedFor(client)]).toEqual(before);
    for (const { card } of before)
      expect(card).toMatchObject({
        ...{ preview: 'On my way', entries: 2 },
        lastEntry: { kind: 'reply', author: { displayName: 'Emma' } },
      });
    expect(JSON.stringify(before)).not.toMatch(new RegExp(`${executor.id}|Stone|${manager.id}`));
  });

  it('R-DESK-08 shows an executor who has lost it the subject alone', async () => {
    await add(executor, 'replies', 'On my way');
    const other = await hire(rt, manager);
    await comeOnline(other);
    await assign(other);
    await add(other, 'notes', 'Not for you');
    for (const seen of [await seenBy(executor), await listedFor(executor, '?held=before')]) {
      expect(seen.card).toEqual({ subject: 'The tap drips' });
      expect(seen.client).toBeUndefined();
    }
  });

  it('R-DESK-10 is that of the whole thread, whoever writes at once', async () => {
    await Promise.all([
      ...[1, 2, 3].map((n) => add(executor, 'replies', `Reply ${n}`)),
      ...[1, 2, 3].map((n) => add(manager, 'notes', `Note ${n}`)),
      client.write('Still here', { ticketId }),
    ]);
    await client.call(`POST /v1/tickets/${ticketId}/close`, { body: { reason: 'solved' } });
    const { number } = await getTicket(rt, ticketId);
    const stored = await ticketCards.find(rt, { ticketId, number });
    expect(stored).toEqual(cardOf(await wholeThread(ticketId), { ticketId, number }));
    expect(stored).toMatchObject({ fromClient: 2, replies: 3, notes: 3, system: 1 });
  });

  it('R-DESK-10 of a ticket from before there were cards comes with its next entry, from the whole thread', async () => {
    const old = await addTicket(rt, { clientId: client.id });
    const at = old.createdAt;
    const entry = { ...{ ticketId: old.id, at, attachments: [] }, kind: 'client', authorId: client.id };
    await rt.dynamo.send(
      new PutCommand({
        TableName: deskTable(rt),
        Item: {
          ...entry,
          messageId: 'msg_old',
          text: 'Long ago',
          pk: `TICKET#${old.id}`,
          sk: `MSG#${at}#msg_old`,
        },
      }),
    );
    const seen = (await client.call(`GET /v1/tickets/${old.id}`)).body;
    expect([seen.card, seen.number]).toEqual([undefined, undefined]);
    await client.write('And now', { ticketId: old.id });
    expect((await client.call(`GET /v1/tickets/${old.id}`)).body.card).toMatchObject({
      ...{ subject: 'Long ago', preview: 'And now', entries: 2 },
    });
  });
});

describe('the number of a ticket', () => {
  it('R-DESK-10 is no other ticket’s, though two processes open tickets at once', async () => {
    const processes = [rt, await testRuntime(aws)];
    const opened = await Promise.all(
      processes.flatMap((each) =>
        [1, 2, 3].map(async () => {
          const writer = aClient(each);
          const { ticketId: id } = await writer.write('Hello');
          return (await writer.call(`GET /v1/tickets/${id}`)).body.number;
        }),
      ),
    );
    expect(new Set(opened).size).toBe(6);
    expect(Math.max(...opened) - Math.min(...opened)).toBeGreaterThan(50);
    const keys = opened.map((number) => ({ pk: `NUMBER#${number}`, sk: 'CARD' }));
    expect(await findItems(rt, keys)).toHaveLength(6);
  });

  it('R-DESK-10 is taken from blocks of a hundred, one after the other', async () => {
    const fresh = await testRuntime(aws);
    const taken = await Promise.all(Array.from({ length: 150 }, () => takeNumber(fresh)));
    const [first = 0] = taken;
    expect(taken.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, n) => first + n));
    expect(taken[100]).toBeGreaterThan(first + 99);
    expect(new Set(taken).size).toBe(150);
  });
});
