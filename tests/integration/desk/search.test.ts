import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { deskTable } from '../../../lib/desk/core/table.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { aClient, type Client } from '../../support/clients.ts';
import { somePhone } from '../../support/identity.ts';
import { allOf } from '../../support/lists/follow-list.ts';
import { comeOnline, hire, makeKnown, newUser, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;
let executor: TestUser;
let client: Client;
let ticketId: string;
let number: number;
let phone: string;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
  executor = await hire(rt, manager);
  await comeOnline(executor);
  client = aClient(rt);
  phone = somePhone();
  await makeKnown(rt, client.id, { name: `Семён ${surname()}`, phone, email: mail(), emailConfirmed: true });
  ({ ticketId } = await client.write('Hello'));
  await assign(executor);
  ({ number } = (await manager.call(`GET /v1/tickets/${ticketId}`)).body);
});

/** Of this client alone, among all of this database. */
const surname = () =>
  `Щ${client.id
    .slice(-17)
    .replaceAll('-', '')
    .replaceAll(/\d/g, (digit) => 'абвгдежзик'[Number(digit)] ?? '')}`;
const mail = () => `s.${client.id.slice(-17)}@example.com`;
const assign = ({ id }: TestUser) =>
  manager.call(`POST /v1/tickets/${ticketId}/assign`, { body: { executorId: id, overCap: true } });
const found = async (who: TestUser, q: string, limit = 20): Promise<string[]> =>
  (await allOf(who, `/v1/search?q=${encodeURIComponent(q)}`, limit)).items.map((each) => {
    const { ticket, client: user } = each as { ticket?: { ticketId: string }; client?: { id: string } };
    return ticket?.ticketId ?? user?.id ?? 'nothing';
  });

describe('a manager', () => {
  it('R-DESK-10 finds a ticket by its id and its number, with or without # and spaces', async () => {
    const spaced = `#${String(number).replaceAll(/\B(?=(\d{3})+$)/g, ' ')}`;
    for (const q of [ticketId, String(number), `#${number}`, spaced])
      expect(await found(manager, q)).toEqual([ticketId]);
    expect(await found(manager, '#999999999')).toEqual([]);
    expect(await found(manager, rt.ids.next('tkt'))).toEqual([]);
  });

  it('R-DESK-10 finds a client by phone, address, id and the beginning of each word of the name', async () => {
    const queries = [phone, phone.slice(1), client.id, mail().toUpperCase(), surname().toLowerCase()];
    for (const q of [...queries, `семен ${surname()}`]) expect(await found(manager, q)).toEqual([client.id]);
    const { body } = await manager.call(`GET /v1/search?q=${encodeURIComponent(phone)}`);
    expect(body.items[0]).toEqual({
      kind: 'client',
      client: { id: client.id, name: `Семён ${surname()}`, phone },
    });
  });

  it('R-DESK-10 finds them by what they are called and reached at now, and by nothing else', async () => {
    const before = surname();
    const next = somePhone();
    await makeKnown(rt, client.id, { version: 2, name: 'Pjotr Other', phone: next });
    for (const q of [phone, mail(), before]) expect(await found(manager, q)).toEqual([]);
    expect(await found(manager, next)).toEqual([client.id]);
    await makeKnown(rt, client.id, { version: 3, roles: ['executor'], name: 'Pjotr Other', phone: next });
    expect(await found(manager, next)).toEqual([]);
  });

  it('R-DESK-10 gets every client of a name, page by page, once each', async () => {
    const family = `Ъ${surname()}`;
    const all: string[] = [];
    for (const first of ['Anna', 'Boris', 'Clara', family]) {
      const { id } = newUser(rt, 'client');
      await makeKnown(rt, id, { name: `${first} ${family}`, phone: somePhone() });
      all.push(id);
    }
    for (const limit of [1, 2, 4, 5, 6]) {
      const ids = await found(manager, family, limit);
      expect(ids.toSorted()).toEqual(all.toSorted());
    }
    expect((await allOf(manager, `/v1/search?q=${encodeURIComponent(family)}`, 5)).pages).toBe(1);
  });

  it('R-DESK-10 finds users whose copy is from before there was a search, once they are announced again', async () => {
    const { id } = newUser(rt, 'client');
    const old = somePhone();
    await makeKnown(rt, id, { name: 'Old One', phone: old });
    const key = { pk: `PERSON#${id}`, sk: 'PERSON' };
    await forget(key, `FIND#phone#${old}`, id);
    expect(await found(manager, old)).toEqual([]);
    await makeKnown(rt, id, { name: 'Old One', phone: old });
    expect(await found(manager, old)).toEqual([id]);
  });
});

const forget = async (key: { pk: string; sk: string }, pk: string, sk: string): Promise<void> => {
  const TableName = deskTable(rt);
  await rt.dynamo.send(
    new UpdateCommand({
      TableName,
      Key: key,
      UpdateExpression: 'REMOVE #found',
      ExpressionAttributeNames: { '#found': 'found' },
    }),
  );
  await rt.dynamo.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
};

describe('an executor', () => {
  it('R-AUTH-05 finds what is in their hand by name, phone, id and number, and no client', async () => {
    for (const q of [ticketId, `#${number}`, phone, surname(), client.id]) {
      expect(await found(executor, q)).toEqual([ticketId]);
      expect(await found(await hire(rt, manager), q)).toEqual([]);
    }
    expect(await found(executor, mail())).toEqual([]);
  });

  it('R-DESK-08 finds what they lost by id and number alone, and learns no more of it', async () => {
    const other = await hire(rt, manager);
    await comeOnline(other);
    await assign(other);
    for (const q of [phone, surname(), client.id]) expect(await found(executor, q)).toEqual([]);
    expect(await found(executor, `#${number}`)).toEqual([ticketId]);
    const { body } = await executor.call(`GET /v1/search?q=${number}`);
    expect(body.items[0].ticket.card).toEqual({ subject: 'Hello' });
    expect(JSON.stringify(body)).not.toContain(surname());
  });
});

it('R-AUTH-04 clients search nothing, and no cursor is taken for another search', async () => {
  expect((await client.call(`GET /v1/search?q=${number}`)).status).toBe(403);
  const { body } = await manager.call(`GET /v1/search?q=${encodeURIComponent('семен')}&limit=1`);
  const cursor =
    body.nextCursor ?? Buffer.from('{"list":"search:name:семен","key":{"sk":"x"}}').toString('base64url');
  for (const q of ['анна', `#${number}`])
    expect((await manager.call(`GET /v1/search?q=${encodeURIComponent(q)}&cursor=${cursor}`)).body.code).toBe(
      'invalid-cursor',
    );
});
