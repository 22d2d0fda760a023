import { createRateLimiter } from '../../../lib/platform/rate-limits/rate-limiter.ts';
import { initialRates } from '../../../lib/platform/rate-limits/rates.ts';
import { call, drain, startAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { newUser, type TestUser } from '../../support/staff.ts';

let rt: TestRuntime;
let admin: TestUser;

beforeEach(async () => {
  rt = await testRuntime(await startAws(), { limited: true });
  admin = newUser(rt, 'admin');
});

const change = (rates: object, ifMatch = '"0"') =>
  admin.call('PATCH /v1/rate-limits', { body: { values: rates }, ifMatch });

test('limits are what we ship until an admin changes one, and the change is in the audit log', async () => {
  const before = await admin.call('GET /v1/rate-limits');
  expect([before.status, before.body]).toEqual([200, { values: initialRates, version: 0 }]);
  const changed = await change({ key: 6000 });
  expect([changed.status, changed.body]).toEqual([
    200,
    { values: { ...initialRates, key: 6000 }, version: 1 },
  ]);
  await drain(rt);
  const { body } = await admin.call('GET /v1/audit?subject=settings/rate-limits');
  expect(body.items).toMatchObject([
    {
      action: 'rate-limits.changed',
      actor: { id: admin.id },
      details: { changes: [{ name: 'key', from: 3000, to: 6000 }] },
    },
  ]);
});

test.each([
  ['below its least value', { person: 59 }],
  ['above its ceiling', { person: 60_001 }],
  ['that is no number', { person: '600' }],
  ['that nobody knows', { everybody: 600 }],
  ['of nothing', {}],
])('a limit %s is 400', async (_, rates) => {
  expect((await change(rates)).status).toBe(400);
});

test('who changes limits that were changed meanwhile is told so', async () => {
  await change({ key: 6000 });
  const late = await change({ key: 100 });
  expect([late.status, late.body.code]).toEqual([412, 'stale']);
});

test('a lowered limit is in force within a minute, in every module, over one shared count', async () => {
  await change({ person: 60 });
  rt.clock.move(60_000);
  const client = newUser(rt, 'client');
  const statuses: number[] = [];
  for (let n = 0; n < 62; n += 1) {
    const { status } = await client.call(n % 2 === 0 ? 'GET /v1/tickets' : 'GET /v1/me');
    statuses.push(status);
  }
  expect(statuses.slice(0, 60)).not.toContain(429);
  expect(statuses.slice(60)).toEqual([429, 429]);
  expect((await call(rt, 'GET /v1/openapi.json')).status).toBe(200);
});

test('processes learn of each other through the store', async () => {
  await change({ person: 100 });
  rt.clock.move(60_000);
  const client = newUser(rt, 'client');
  const elsewhere = { ...rt, limiter: createRateLimiter(rt) };
  for (let n = 0; n < 100; n += 1) await client.call('GET /v1/tickets');
  expect((await client.call('GET /v1/tickets')).status).toBe(429);
  const token = await rt.token({ id: client.id, roles: ['client'] });
  const statuses: number[] = [];
  for (let n = 0; n < 12; n += 1) statuses.push((await call(elsewhere, 'GET /v1/tickets', { token })).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(4);
  expect(statuses.at(-1)).toBe(429);
});
