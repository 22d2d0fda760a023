import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { allOf } from '../../support/lists/follow-list.ts';
import { hire, newUser, openDesk, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;
let executor: TestUser;
let deskId: string;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
  deskId = await openDesk(rt, manager);
  executor = await hire(rt, manager, deskId);
});

const content = { title: 'Hello', text: 'Hello {client.name}!' };
const save = (who: TestUser, more: object = {}) =>
  who.call('POST /v1/saved-replies', { key: rt.ids.next('key'), body: { ...content, ...more } });
const titles = async (who: TestUser, query = 'scope=own', limit = 100) =>
  (await allOf(who, `/v1/saved-replies?${query}`, limit)).items.map(
    (each) => (each as { title: string }).title,
  );
const outcome = ({ status, body }: Awaited<ReturnType<TestUser['call']>>) => [status, body.code];

it('R-DESK-10 a reply is saved, changed and deleted by who saved it, and seen by nobody else', async () => {
  const { status, body, headers } = await save(executor);
  expect([status, body]).toEqual([201, expect.objectContaining({ ...content, scope: 'own', version: 1 })]);
  const path = `/v1/saved-replies/${body.savedReplyId}`;
  const changed = { title: 'Good day', text: 'Good day!' };
  expect(outcome(await executor.call(`PUT ${path}`, { body: changed, ifMatch: '"9"' }))).toEqual([
    412,
    'stale',
  ]);
  const put = await executor.call(`PUT ${path}`, { body: changed, ifMatch: headers.etag ?? '' });
  expect(put.body).toMatchObject({ ...changed, version: 2 });
  const others = [await hire(rt, manager, deskId), manager];
  for (const other of others) {
    expect(await titles(other)).toEqual([]);
    for (const method of ['PUT', 'DELETE', 'GET'])
      expect(
        outcome(
          await other.call(`${method} ${path}`, {
            ifMatch: '"2"',
            ...(method === 'PUT' && { body: changed }),
          }),
        ),
      ).toEqual([404, 'saved-reply-not-found']);
  }
  expect(outcome(await executor.call(`DELETE ${path}`, { ifMatch: '"1"' }))).toEqual([412, 'stale']);
  expect((await executor.call(`DELETE ${path}`, { ifMatch: '"2"' })).status).toBe(204);
  expect(await titles(executor)).toEqual([]);
});

it('R-DESK-10 replies of a desk are written by managers and read by its executors', async () => {
  const { body } = await save(manager, { scope: 'desk', deskId });
  expect(body).toMatchObject({ scope: 'desk', deskId });
  expect(await titles(executor, 'scope=desk')).toEqual(['Hello']);
  expect(await titles(await hire(rt, manager), 'scope=desk')).toEqual([]);
  const path = `/v1/saved-replies/${body.savedReplyId}`;
  for (const who of [executor, manager, newUser(rt, 'manager')])
    expect((await who.call(`GET ${path}`)).body.title).toBe('Hello');
  const elsewhere = [await hire(rt, manager), newUser(rt, 'executor')];
  for (const who of elsewhere)
    expect(outcome(await who.call(`GET ${path}`))).toEqual([404, 'saved-reply-not-found']);
  expect(outcome(await executor.call(`DELETE ${path}`, { ifMatch: '"1"' }))).toEqual([
    404,
    'saved-reply-not-found',
  ]);
  expect(outcome(await save(executor, { scope: 'desk' }))).toEqual([403, 'forbidden']);
  expect(outcome(await executor.call(`GET /v1/saved-replies?scope=desk&deskId=${deskId}`))).toEqual([
    403,
    'forbidden',
  ]);
  expect(outcome(await save(manager, { scope: 'desk', deskId: rt.ids.next('dsk') }))).toEqual([
    404,
    'desk-not-found',
  ]);
  expect((await newUser(rt, 'manager').call(`DELETE ${path}`, { ifMatch: '"1"' })).status).toBe(204);
});

it('R-DESK-10 there are two hundred at most, however many are saved at once', async () => {
  for (let n = 0; n < 195; n += 1) await save(executor, { title: `Reply ${n}` });
  const answers = await Promise.all(Array.from({ length: 10 }, () => save(executor)));
  const statuses = answers.map(({ status }) => status).toSorted();
  expect(statuses).toEqual([...Array(5).fill(201), ...Array(5).fill(422)]);
  expect(await titles(executor)).toHaveLength(200);
});

it('R-DESK-10 lists are whole at any size of page, without an empty page at the end', async () => {
  for (let n = 0; n < 4; n += 1) {
    rt.clock.move(1);
    await save(executor, { title: `Reply ${n}` });
  }
  for (const limit of [1, 2, 3, 4, 5]) {
    const { items, pages } = await allOf(executor, '/v1/saved-replies', limit);
    expect(items.map((each) => (each as { title: string }).title)).toEqual([
      'Reply 0',
      'Reply 1',
      'Reply 2',
      'Reply 3',
    ]);
    expect(pages).toBe(Math.ceil(4 / limit));
  }
});

it('R-DESK-10 a placeholder that nobody fills is refused', async () => {
  for (const text of ['Hello {client.phone}', 'Hello {name}', 'Hello {}'])
    expect(outcome(await save(executor, { text }))).toEqual([400, 'invalid-request']);
  expect((await save(executor, { text: 'a } and { b' })).status).toBe(201);
});

it('R-AUTH-04 clients have none', async () => {
  expect((await newUser(rt, 'client').call('GET /v1/saved-replies')).status).toBe(403);
});
