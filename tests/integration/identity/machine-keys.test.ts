import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { auditRecorded } from '../../../lib/platform/audit.ts';
import { tableName } from '../../../lib/platform/config.ts';
import { call, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { listenToCommits } from '../../support/identity.ts';
import { newUser, ofType, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let admin: TestUser;

beforeEach(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  admin = newUser(rt, 'admin');
});

const bound = { name: 'Billing', entityIds: ['own'], categories: ['transactional'] };

const make = (key: string = rt.ids.next('key'), scopes = ['sms:send']) =>
  admin.call('POST /v1/api-keys', { key, body: { ...bound, scopes } });

test('R-AUTH-05 a key is shown once: a repeat gets the same key’s record without it', async () => {
  const first = await make('k');
  expect([first.status, first.body]).toMatchObject([
    201,
    {
      ...bound,
      scopes: ['sms:send'],
      countries: null,
      messagesPerDay: 1000,
      costBudget: null,
      expiresAt: null,
      createdBy: admin.id,
      lastUsedAt: null,
      revokedAt: null,
    },
  ]);
  expect(first.body.key).toMatch(/^rdk_/);
  const again = await make('k');
  expect([again.status, again.body]).toEqual([201, { ...first.body, key: null }]);
  const { body } = await admin.call('GET /v1/api-keys');
  const { key: _, ...shown } = first.body;
  expect(body.items).toEqual([shown]);
});

test('R-AUTH-05 the clear key stands nowhere in the store', async () => {
  const { body } = await make();
  const secret = body.key.slice(-43);
  for (const module of ['platform', 'identity'] as const) {
    const { Items } = await rt.dynamo.send(new ScanCommand({ TableName: tableName(rt.env, module) }));
    expect(JSON.stringify(Items)).not.toContain(secret);
  }
});

test('R-AUTH-05 a key opens what its scopes name and nothing else, until it is revoked', async () => {
  const { body } = await make();
  const ask = () => call(rt, 'GET /v1/me', { token: body.key });
  expect([(await ask()).status, (await ask()).body.code]).toEqual([403, 'forbidden']);
  const revoke = () => admin.call(`DELETE /v1/api-keys/${body.keyId}`);
  const revoked = await Promise.all([revoke(), revoke(), revoke()]);
  expect(revoked.map(({ status }) => status)).toEqual([204, 204, 204]);
  const after = await ask();
  expect([after.status, after.body.code]).toEqual([401, 'token-invalid']);
  const { body: list } = await admin.call('GET /v1/api-keys');
  expect(list.items[0].revokedAt).toBe(new Date(rt.clock.nowMs()).toISOString());
});

test('R-ADM-02 making and revoking are audited', async () => {
  const received = listenToCommits(rt);
  const { body } = await make();
  await admin.call(`DELETE /v1/api-keys/${body.keyId}`);
  await admin.call(`DELETE /v1/api-keys/${body.keyId}`);
  const audits = ofType(received, auditRecorded).map(({ data }) => [data.action, data.subject]);
  const subject = `api-key/${body.keyId}`;
  expect(audits).toEqual([
    ['api-key.created', subject],
    ['api-key.revoked', subject],
  ]);
  expect(JSON.stringify(received)).not.toContain(body.key);
});

test('R-AUTH-05 keys are listed over pages, newest first; an unknown one cannot be revoked', async () => {
  const made = [(await make()).body.keyId, (await make()).body.keyId, (await make()).body.keyId];
  const first = await admin.call('GET /v1/api-keys?limit=2');
  const rest = await admin.call(`GET /v1/api-keys?limit=2&cursor=${first.body.nextCursor}`);
  const ids = [...first.body.items, ...rest.body.items].map(({ keyId }) => keyId);
  expect(ids).toEqual(made.toReversed());
  const unknown = await admin.call(`DELETE /v1/api-keys/${rt.ids.next('key')}`);
  expect([unknown.status, unknown.body.code]).toEqual([404, 'api-key-not-found']);
});

test.each([[[]], [['sms:everything']], [['sms:send', 'sms:send']]])(
  'R-AUTH-05 scopes %j are refused',
  async (scopes) => {
    expect((await make('k', scopes)).status).toBe(400);
  },
);

test('R-AUTH-05 a key ends by its date, to the second, and one that has passed is refused', async () => {
  const expiresAt = new Date(rt.clock.nowMs() + 60_000).toISOString();
  const post = (body: object) => admin.call('POST /v1/api-keys', { key: rt.ids.next('key'), body });
  const { body } = await post({ ...bound, scopes: ['sms:read'], expiresAt });
  expect(body.expiresAt).toBe(expiresAt);
  const ask = async () => (await call(rt, 'GET /v1/legal-entities', { token: body.key })).status;
  expect(await ask()).toBe(200);
  rt.clock.move(60_000);
  expect(await ask()).toBe(401);
  const late = await post({ ...bound, scopes: ['sms:read'], expiresAt });
  expect([late.status, late.body.code]).toEqual([422, 'expiry-passed']);
});

test('R-AUTH-05 its budget of money stands in every view of a key', async () => {
  const costBudget = { currency: 'RUB', perDayMinor: 1000, perMonthMinor: 20_000 };
  const body = { ...bound, scopes: ['sms:send'], costBudget };
  const made = await admin.call('POST /v1/api-keys', { key: 'k', body });
  expect([made.status, made.body.costBudget]).toEqual([201, costBudget]);
  expect((await admin.call('GET /v1/api-keys')).body.items[0].costBudget).toEqual(costBudget);
});

test.each([
  ['no entity', { entityIds: [] }],
  ['no word on entities', { entityIds: undefined }],
  ['an entity twice', { entityIds: ['own', 'own'] }],
  ['codes', { categories: ['otp'] }],
  ['no category', { categories: undefined }],
  ['no country', { countries: [] }],
  ['a country nobody knows how to write', { countries: ['ru'] }],
  ['no messages', { messagesPerDay: 0 }],
  ['more than all messages', { messagesPerDay: 1_000_001 }],
  ['a budget of no sum', { costBudget: { currency: 'RUB' } }],
  ['a budget of nothing', { costBudget: { currency: 'RUB', perDayMinor: 0 } }],
  ['a budget of parts of a kopeck', { costBudget: { currency: 'RUB', perDayMinor: 0.5 } }],
  ['a budget in no currency', { costBudget: { perDayMinor: 100 } }],
  ['less in a month than in a day', { costBudget: { currency: 'RUB', perDayMinor: 2, perMonthMinor: 1 } }],
])('R-AUTH-05 a key bound to %s is refused', async (_, more) => {
  const body = { ...bound, scopes: ['sms:send'], ...more };
  expect((await admin.call('POST /v1/api-keys', { key: 'k', body })).status).toBe(400);
});
