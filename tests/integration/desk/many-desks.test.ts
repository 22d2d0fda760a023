import { limitSettings } from '../../../lib/desk/catalogue.ts';
import { deskWrite } from '../../../lib/desk/core/desk-repository.ts';
import type { OwnLimits } from '../../../lib/desk/core/limits.ts';
import { type Desk, MAIN_DESK } from '../../../lib/desk/model.ts';
import { noOwnSettings } from '../../../lib/platform/settings/define-settings.ts';
import { ownSettingsWrites } from '../../../lib/platform/settings/settings-repository.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addTicket, executorNow } from '../../support/desk.ts';
import { comeOnline, hire, newUser, openDesk, putLimits, type TestUser } from '../../support/staff.ts';
import { strength } from '../../support/strength.ts';

/** What grows with them by one request or forty bytes each breaks the limits below with either number. */
const DESKS = strength(300, 3000);
const AT_ONCE = 30;

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;

beforeAll(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
});
afterAll(() => aws.stop());

/** Desks that set limits of their own, `values` by place. */
const openMany = async (count: number, values: (place: number) => OwnLimits['values']): Promise<string[]> => {
  const desks = Array.from(
    { length: count },
    (): Desk => ({ id: rt.ids.next('dsk'), name: 'One of many', timeZone: 'UTC', version: 1 }),
  );
  for (let start = 0; start < count; start += AT_ONCE) {
    const writes = desks.slice(start, start + AT_ONCE).flatMap((desk, index) => {
      const after = { version: 1, values: values(start + index) };
      return [
        deskWrite(rt, undefined, desk),
        ...ownSettingsWrites(rt, limitSettings, desk.id, [noOwnSettings, after]),
      ];
    });
    await commit(rt, { writes });
  }
  return desks.map(({ id }) => id);
};

/** Requests to the store, and the largest of its items written, while something is done. */
const watchStore = async <T>(work: () => Promise<T>) => {
  let requests = 0;
  let largest = 0;
  const name = `watch-${rt.ids.next('run')}`;
  rt.dynamo.middlewareStack.add(
    (next) => (args) => {
      requests += 1;
      const { TransactItems = [] } = args.input as { TransactItems?: object[] };
      for (const item of TransactItems) largest = Math.max(largest, JSON.stringify(item).length);
      return next(args);
    },
    { step: 'initialize', name },
  );
  const result = await work();
  rt.dynamo.middlewareStack.remove(name);
  return { result, requests, largest };
};

test(`R-DESK-01 with ${DESKS} desks that set their own, a change is as small as with one, and names the desk it breaks`, async () => {
  const lowest = 235;
  const ids = await openMany(DESKS, (place) =>
    place % 2 === 0
      ? { maxUrgentTicketsPerExecutor: 3, maxWaitSec: 100 }
      : { maxTicketsPerExecutor: place === lowest ? 4 : 5, maxWaitSec: 100 },
  );
  const own = await watchStore(() => putLimits(manager, ids[7], { maxUrgentWaitSec: 33 }));
  expect([own.result.status, own.result.body.values.maxUrgentWaitSec]).toEqual([200, 33]);
  const raised = await watchStore(() => putLimits(manager, undefined, { maxTicketsPerExecutor: 6 }));
  expect(raised.result.status).toBe(200);
  const broken = await putLimits(manager, undefined, { maxUrgentTicketsPerExecutor: 5 });
  expect([broken.status, broken.body.code]).toEqual([422, 'limits-pair']);
  expect(broken.body.detail).toContain(ids[lowest]);
  const lowered = await putLimits(manager, undefined, { maxTicketsPerExecutor: 2 });
  expect([lowered.status, ids.indexOf(/dsk_[\w-]+/.exec(lowered.body.detail)?.[0] ?? '') % 2]).toEqual([
    422, 0,
  ]);
  for (const { requests, largest } of [own, raised]) {
    expect(requests).toBeLessThan(15);
    expect(largest).toBeLessThan(8000);
  }
  const history = await manager.call('GET /v1/limits/history');
  expect(JSON.stringify(history.body).length).toBeLessThan(4000);
});

test(`R-DESK-01 a change for ${DESKS} desks is in force on a desk where somebody waits, within its messages and no tick`, async () => {
  const executor = await hire(rt, manager);
  await comeOnline(executor);
  for (let i = 0; i < 8; i += 1) await addTicket(rt, { deskId: MAIN_DESK });
  await drain(rt);
  const { maxTicketsPerExecutor } = (await manager.call('GET /v1/limits')).body.values;
  expect((await executorNow(rt, executor.id)).open).toHaveLength(maxTicketsPerExecutor);
  const before = rt.clock.nowMs();
  await putLimits(manager, undefined, { maxTicketsPerExecutor: maxTicketsPerExecutor + 1 });
  await drain(rt);
  expect((await executorNow(rt, executor.id)).open).toHaveLength(maxTicketsPerExecutor + 1);
  expect(rt.clock.nowMs() - before).toBeLessThan(5000);
});

test('R-DESK-01 changes of a desk and of the global values at the same time never break a pair between them', async () => {
  const deskId = await openDesk(rt, manager);
  const settled = async () => (await manager.call(`GET /v1/limits?deskId=${deskId}`)).body.values;
  await putLimits(manager, undefined, { maxTicketsPerExecutor: 10 });
  for (let round = 0; round < 8; round += 1) {
    await putLimits(manager, deskId, { maxUrgentTicketsPerExecutor: null });
    await putLimits(manager, undefined, { maxTicketsPerExecutor: 10 });
    const answers = await Promise.all([
      putLimits(manager, deskId, { maxUrgentTicketsPerExecutor: 8 }),
      putLimits(manager, undefined, { maxTicketsPerExecutor: 5 }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { maxUrgentTicketsPerExecutor, maxTicketsPerExecutor } = await settled();
    expect(maxUrgentTicketsPerExecutor).toBeLessThanOrEqual(maxTicketsPerExecutor);
  }
});
