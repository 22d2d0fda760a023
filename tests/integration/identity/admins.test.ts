import { makeFirstAdmin } from '../../../lib/identity/users/create-user.ts';
import { codeRequested } from '../../../lib/sms/events.ts';
import { approved } from '../../support/approvals.ts';
import { call, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { askForCode, changeSettings, listenToCommits, signInBy, somePhone } from '../../support/identity.ts';
import { newUser, ofType, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let admin: TestUser;
let manager: TestUser;

beforeEach(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  admin = newUser(rt, 'admin');
  manager = newUser(rt, 'manager');
});

const hire = (phone: string, ...roles: string[]) =>
  admin.call('POST /v1/users', { key: rt.ids.next('key'), body: { phone, name: 'Ada', roles } });

describe('settings of sign-in', () => {
  test('R-AUTH-01 are an admin’s to read and to change', async () => {
    expect((await changeSettings(rt, { limits: { codesPerPhoneDay: 9 } })).status).toBe(200);
    const read = await manager.call('GET /v1/sign-in/settings');
    const changed = await manager.call('PATCH /v1/sign-in/settings', { ifMatch: '"1"', body: {} });
    expect([read.status, changed.status]).toEqual([403, 403]);
  });

  test.each<[string, object]>([
    ['their country is not listed', { countries: ['KZ'] }],
    ['their dial code has no budget', { dialCodeBudgets: { '7': 0 } }],
    ['no dial code has one', { limits: { codesPerDialCodeDay: 0 } }],
  ])('R-AUTH-01 a change that would stop the last admin’s own codes is refused: %s', async (_, change) => {
    const phone = somePhone();
    await hire(phone, 'admin');
    const refused = await changeSettings(rt, change);
    expect([refused.status, refused.body.code]).toEqual([422, 'admins-without-codes']);
    expect((await askForCode(rt, phone)).status).toBe(202);
  });

  test('R-AUTH-01 as long as one admin is left who can have codes, it is done', async () => {
    await hire(somePhone(), 'admin');
    expect((await changeSettings(rt, { countries: ['RU', 'KZ'] })).status).toBe(200);
    expect((await approved(rt, await hire('+7 701 123 45 67', 'admin'))).body.state).toBe('approved');
    expect((await changeSettings(rt, { countries: ['KZ'] })).status).toBe(200);
  });

  test('R-AUTH-01 the first admin’s country is among those that sign in from then on', async () => {
    await makeFirstAdmin(rt, { phone: '+49 151 23456789', name: 'Ada' });
    expect((await askForCode(rt, '+49 151 23456789')).status).toBe(202);
    expect((await admin.call('GET /v1/sign-in/settings')).body.countries).toEqual(['RU', 'DE']);
  });

  test.each([
    [{ limits: { codesPerPrefixHour: 4 } }],
    [{ limits: { codeLifeSec: 601 } }],
    [{ limits: { attemptsPerChallenge: 11 } }],
    [{ limits: { resendAfterSec: 29 } }],
    [{ limits: { breakerOpenMin: 4 } }],
    [{ internationalNetworks: 'yes' }],
  ])('R-AUTH-01 %j lies outside of least and greatest value', async (body) => {
    expect((await changeSettings(rt, body)).status).toBe(400);
  });
});

describe('nobody acts on themselves', () => {
  test('R-AUTH-05 an admin neither gives nor takes roles of their own', async () => {
    const phone = somePhone();
    const { body, headers } = await hire(phone, 'admin');
    const token = await rt.token({ id: body.userId, roles: ['admin'] });
    const answer = await call(rt, `PUT /v1/users/${body.userId}/roles`, {
      token,
      ifMatch: headers.etag ?? '',
      body: { roles: ['admin', 'manager'] },
    });
    expect([answer.status, answer.body.code]).toEqual([403, 'own-case']);
  });
});

describe('a manager', () => {
  test('R-AUTH-05 reads a user without roles and locks; an admin sees both', async () => {
    const phone = somePhone();
    const { userId } = (await signInBy(rt, phone)).body.user;
    await admin.call(`POST /v1/users/${userId}/lock`, { body: { reason: 'private' } });
    const card = {
      userId,
      phone,
      name: null,
      displayName: null,
      email: null,
      emailConfirmed: false,
      locale: 'ru',
    };
    expect((await manager.call(`GET /v1/users/${userId}`)).body).toEqual(card);
    expect((await manager.call(`GET /v1/users?phone=${encodeURIComponent(phone)}`)).body.items).toEqual([
      card,
    ]);
    expect((await manager.call('GET /v1/users?role=client')).body.items).toEqual([card]);
    expect((await admin.call(`GET /v1/users/${userId}`)).body).toMatchObject({
      ...card,
      roles: ['client'],
      locked: { reason: 'private' },
    });
  });

  test('R-AUTH-05 does not learn who has which role', async () => {
    const { status, body } = await manager.call('GET /v1/users?role=admin');
    expect([status, body.code]).toEqual([403, 'forbidden']);
  });
});

test('R-AUTH-01 a manager’s suppression of an admin’s phone does not keep the code from it', async () => {
  const phone = somePhone();
  await hire(phone, 'admin');
  for (const categories of [['otp'], ['transactional', 'debt', 'marketing']]) {
    const answer = await manager.call('POST /v1/suppressions', {
      key: rt.ids.next('key'),
      body: { phone, categories, reason: 'asked' },
    });
    expect(answer.status < 500).toBe(true);
  }
  const received = listenToCommits(rt);
  const { challengeId } = (await askForCode(rt, phone)).body;
  const [asked] = ofType(received, codeRequested);
  expect(asked?.data).toMatchObject({ phone, category: 'otp', challengeId });
});
