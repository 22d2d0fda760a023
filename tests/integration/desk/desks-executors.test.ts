import { auditRecorded } from '../../../lib/platform/audit.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { executorNow } from '../../support/desk.ts';
import {
  comeOnline,
  hire,
  listenToEvents,
  makeKnown,
  newUser,
  ofType,
  openDesk,
  type TestUser,
} from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;

beforeEach(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
});
afterEach(() => aws.stop());

const evening = { name: 'Evening desk', timeZone: 'Europe/Berlin' };

describe('desks', () => {
  test('main exists from the start and can be edited', async () => {
    const before = await manager.call('GET /v1/desks/main');
    expect(before.body).toMatchObject({ deskId: 'main', timeZone: 'UTC', version: 0 });
    const body = { timeZone: 'Asia/Almaty' };
    const edited = await manager.call('PATCH /v1/desks/main', { ifMatch: before.headers.etag, body });
    expect([edited.status, edited.body.timeZone, edited.headers.etag]).toEqual([200, 'Asia/Almaty', '"1"']);
    const stale = await manager.call('PATCH /v1/desks/main', { ifMatch: before.headers.etag, body });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale']);
  });

  test('a desk is opened once per key, and the repeat gets the first answer', async () => {
    const received = listenToEvents(rt);
    const first = await manager.call('POST /v1/desks', { key: 'k1', body: evening });
    const again = await manager.call('POST /v1/desks', { key: 'k1', body: evening });
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect(again.headers.etag).toBe(first.headers.etag);
    expect(ofType(received, auditRecorded)).toHaveLength(1);
    const { body } = await manager.call(`GET /v1/desks/${first.body.deskId}`);
    expect(body).toEqual({ deskId: first.body.deskId, ...evening, version: 1 });
  });

  test('a desk needs a name and a time zone that exists', async () => {
    for (const wrong of [
      { name: ' ' },
      { name: 'x'.repeat(81) },
      { timeZone: 'Mars/Olympus' },
      { timeZone: '+03:00' },
    ]) {
      const { status, body } = await manager.call('POST /v1/desks', {
        key: 'k',
        body: { ...evening, ...wrong },
      });
      expect([wrong, status, body.code]).toEqual([wrong, 400, 'invalid-request']);
    }
  });

  test('lists every desk once over pages, main among them', async () => {
    const opened = [];
    for (let i = 0; i < 5; i += 1) opened.push(await openDesk(rt, manager));
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await manager.call(`GET /v1/desks?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map(({ deskId }: { deskId: string }) => deskId));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen.sort()).toEqual([...opened, 'main'].sort());
  });

  test('two edits at once: one is told that it changed', async () => {
    const deskId = await openDesk(rt, manager);
    const edit = (name: string) =>
      manager.call(`PATCH /v1/desks/${deskId}`, { ifMatch: '"1"', body: { name } });
    const answers = await Promise.all([edit('A'), edit('B'), edit('C')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });
});

describe('executors', () => {
  const put = (id: string, body: object, ifMatch?: string) =>
    manager.call(`PUT /v1/executors/${id}`, { body, ...(ifMatch && { ifMatch }) });

  test('a manager takes an executor on; editing needs If-Match', async () => {
    const id = rt.ids.next('usr');
    await makeKnown(rt, id, { roles: ['executor'] });
    const received = listenToEvents(rt);
    const made = await put(id, { name: 'Ada', homeDeskId: 'main' });
    expect([made.status, made.body]).toMatchObject([201, { executorId: id, presence: 'offline', open: 0 }]);
    const without = await put(id, { name: 'Bea', homeDeskId: 'main' });
    expect([without.status, without.body.code]).toEqual([428, 'if-match-required']);
    const stale = await put(id, { name: 'Bea', homeDeskId: 'main' }, '"7"');
    expect([stale.status, stale.body.code]).toEqual([412, 'stale']);
    const edited = await put(id, { name: 'Bea', homeDeskId: 'main' }, made.headers.etag);
    expect([edited.status, edited.body.name]).toEqual([200, 'Bea']);
    expect(ofType(received, auditRecorded).map(({ data }) => data.action)).toEqual([
      'executor.added',
      'executor.edited',
    ]);
  });

  test('If-Match for somebody who is not there is stale, an unknown desk is not found', async () => {
    const id = rt.ids.next('usr');
    expect((await put(id, { name: 'Ada', homeDeskId: 'main' }, '"1"')).status).toBe(412);
    expect((await put(id, { name: 'Ada', homeDeskId: rt.ids.next('dsk') })).body.code).toBe('desk-not-found');
    expect((await manager.call(`GET /v1/executors/${id}`)).body.code).toBe('executor-not-found');
  });

  test('R-DESK-06 on a new home desk their turn comes first, and the old one has them no more', async () => {
    const [from, to] = [await openDesk(rt, manager), await openDesk(rt, manager)];
    const executor = await hire(rt, manager, from);
    await comeOnline(executor);
    const { headers } = await manager.call(`GET /v1/executors/${executor.id}`);
    await put(executor.id, { name: 'Moved', homeDeskId: to }, headers.etag);
    expect(await executorNow(rt, executor.id)).toMatchObject({ homeDeskId: to, rank: 0, presence: 'online' });
    const ids = async (deskId: string) =>
      (await manager.call(`GET /v1/executors?deskId=${deskId}`)).body.items.length;
    expect([await ids(from), await ids(to)]).toEqual([0, 1]);
  });

  test('lists the executors of a desk over pages with presence and load', async () => {
    const deskId = await openDesk(rt, manager);
    const people = [];
    for (let i = 0; i < 5; i += 1) people.push(await hire(rt, manager, deskId));
    await comeOnline(people[3]!);
    const first = await manager.call(`GET /v1/executors?deskId=${deskId}&limit=3`);
    expect(first.body.items[0]).toMatchObject({
      executorId: people[3]!.id,
      presence: 'online',
      open: 0,
      openUrgent: 0,
    });
    const rest = await manager.call(
      `GET /v1/executors?deskId=${deskId}&limit=3&cursor=${first.body.nextCursor}`,
    );
    const all = [...first.body.items, ...rest.body.items].map(({ executorId }) => executorId);
    expect(all.sort()).toEqual(people.map(({ id }) => id).sort());
    const other = await manager.call(`GET /v1/executors?deskId=main&cursor=${first.body.nextCursor}`);
    expect([other.status, other.body.code]).toEqual([400, 'invalid-cursor']);
  });

  test('R-AUTH-04 executors see themselves, and not the lists of managers', async () => {
    const executor = await hire(rt, manager);
    expect((await executor.call('GET /v1/executors/me')).body).toMatchObject({ executorId: executor.id });
    for (const request of ['GET /v1/executors', `GET /v1/executors/${executor.id}`, 'GET /v1/limits']) {
      expect((await executor.call(request)).status).toBe(403);
    }
    expect((await newUser(rt, 'client').call('GET /v1/executors/me')).status).toBe(403);
  });
});
