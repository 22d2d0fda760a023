import { auditRecorded } from '../../../lib/platform/audit.ts';
import { findProvider } from '../../../lib/sms/providers/provider-repository.ts';
import { checkProviders } from '../../../lib/sms/sending/check-providers.ts';
import { handOff } from '../../../lib/sms/sending/hand-off.ts';
import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addProvider, providerBody, queueSms, reread, sandboxFor } from '../../support/sms-sending/world.ts';
import { listenToEvents, newUser, ofType } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let sandbox: RunningCentre;

beforeAll(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  sandbox = await sandboxFor(rt);
});
afterAll(async () => {
  await sandbox?.stop();
  await aws?.stop();
});

const [manager, admin] = [() => newUser(rt, 'manager'), () => newUser(rt, 'admin')];
const post = (body: object, { by = admin(), key = rt.ids.next('key') } = {}) =>
  by.call('POST /v1/sms-providers', { key, body });

test('R-SMS-04 a secret is written and never read: not in an answer, not in the table, not in the audit log', async () => {
  const events = listenToEvents(rt);
  const body = providerBody(sandbox, 'smsru');
  const { apiId } = (body as unknown as { secrets: { apiId: string } }).secrets;
  const created = await post(body);
  expect(created).toMatchObject({
    status: 201,
    body: { secretsSet: ['apiId'], health: { state: 'unknown' } },
  });
  const id = created.body.providerId;
  const path = `/v1/sms-providers/${id}`;
  const read = await manager().call(`GET ${path}`);
  const edited = await admin().call(`PATCH ${path}`, {
    ifMatch: read.headers.etag,
    body: { secrets: { apiId: 'another' }, ratePerSec: 7 },
  });
  expect(edited).toMatchObject({ status: 200, body: { ratePerSec: 7, secretsSet: ['apiId'], version: 2 } });
  const list = await manager().call('GET /v1/sms-providers?limit=100');
  const stored = await findProvider(rt, id);
  const told = ofType(events, auditRecorded);
  expect(told.map(({ data }) => data.action)).toEqual(['sms-provider.added', 'sms-provider.edited']);
  for (const place of [created.body, read.body, edited.body, list.body, stored, told]) {
    expect(JSON.stringify(place)).not.toMatch(new RegExp(`${apiId}|another`));
  }
});

test('R-SMS-04 the same request again adds nothing', async () => {
  const same = { by: admin(), key: rt.ids.next('key') };
  const body = providerBody(sandbox, 'smsc');
  const first = await post(body, same);
  expect((await post(body, same)).body).toEqual(first.body);
});

test.each([
  ['a secret is missing', { kind: 'twilio', account: 'AC1', secrets: {} }],
  ['a secret is another kind’s', { kind: 'smsru', secrets: { apiId: 'x', password: 'y' } }],
  ['the account is missing', { kind: 'twilio', account: undefined, secrets: { authToken: 'x' } }],
  ['SMSC.ru would close so many connections', { kind: 'smsc', concurrency: 5 }],
])('R-SMS-04 what could never send is refused: %s', async (_, more) => {
  const kind = more.kind as 'smsc';
  expect(await post({ ...providerBody(sandbox, kind), ...more })).toMatchObject({
    status: 422,
    body: { code: 'sms-provider-incomplete' },
  });
});

test('R-SMS-04 pages hold every provider once', async () => {
  const all = (await manager().call('GET /v1/sms-providers?limit=100')).body.items;
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { providerId: string }[]; nextCursor: string | null } = (
      await manager().call(`GET /v1/sms-providers?limit=1${cursor ? `&cursor=${cursor}` : ''}`)
    ).body;
    seen.push(...page.items.map(({ providerId }) => providerId));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(all.map(({ providerId }: { providerId: string }) => providerId));
  expect(await manager().call('GET /v1/sms-providers?cursor=e30')).toMatchObject({ status: 400 });
});

test('R-SMS-04 an edit needs the version it was made of; a missing provider is 404', async () => {
  const { body } = await post(providerBody(sandbox, 'smsru'));
  const path = `/v1/sms-providers/${body.providerId}`;
  const change = { name: 'New name' };
  expect((await admin().call(`PATCH ${path}`, { body: change })).status).toBe(428);
  expect((await admin().call(`PATCH ${path}`, { ifMatch: '"9"', body: change })).status).toBe(412);
  expect((await manager().call(`GET /v1/sms-providers/${rt.ids.next('prv')}`)).status).toBe(404);
});

test('R-SMS-04 a disabled provider gets nothing new, at once; enabled again it does', async () => {
  const provider = await addProvider(rt, sandbox, 'smsru');
  const path = `/v1/sms-providers/${provider.id}`;
  const waiting = await queueSms(rt, { more: { providerId: provider.id } });
  const off = await admin().call(`POST ${path}/disable`);
  expect(off).toMatchObject({ status: 200, body: { disabledAt: expect.any(String) } });
  expect((await admin().call(`POST ${path}/disable`)).body.version).toBe(off.body.version);
  await drain(rt);
  expect(await reread(rt, waiting)).toMatchObject({ state: 'denied', reason: 'provider-allowed' });
  await admin().call(`PATCH ${path}`, {
    ifMatch: off.headers.etag ?? `"${off.body.version}"`,
    body: { disabled: false },
  });
  const next = await queueSms(rt, { more: { providerId: provider.id } });
  await handOff(rt, next.id);
  expect((await reread(rt, next)).state).toBe('sent');
});

test('R-SMS-04 health and balance are looked up', async () => {
  const [good, bad] = [
    await addProvider(rt, sandbox, 'twilio'),
    await addProvider(rt, sandbox, 'smsc', { secrets: { password: 'wrong' } }),
  ];
  await checkProviders(rt);
  const health = async ({ id }: { id: string }) =>
    (await manager().call(`GET /v1/sms-providers/${id}`)).body.health;
  expect(await health(good)).toMatchObject({ state: 'up', balance: { amount: '12.34', currency: 'USD' } });
  expect(await health(bad)).toMatchObject({ state: 'refusing', why: expect.stringContaining('wrong login') });
});
