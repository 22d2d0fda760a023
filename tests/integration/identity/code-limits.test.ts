import { auditRecorded } from '../../../lib/platform/audit.ts';
import { codeRequested } from '../../../lib/sms/events.ts';
import type { TestAws, TestRuntime } from '../../support/aws/index.ts';
import { call, startAws, testRuntime } from '../../support/aws/index.ts';
import { askForCode, changeSettings, listenToCommits, somePhone } from '../../support/identity.ts';
import { newUser, ofType } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;

beforeEach(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
});

const address = (n: number) => `198.51.100.${n}`;
const statuses = (answers: readonly { status: number }[]) => {
  const count: Record<number, number> = {};
  for (const { status } of answers) count[status] = (count[status] ?? 0) + 1;
  return count;
};
const settings = (body: object) => changeSettings(rt, body);

test('R-AUTH-01 30 requests at once for one phone send one code, and tell none of the 29 its challenge', async () => {
  const received = listenToCommits(rt);
  const phone = somePhone();
  const answers = await Promise.all(Array.from({ length: 30 }, () => askForCode(rt, phone, address(1))));
  expect(statuses(answers)).toEqual({ 202: 1, 429: 29 });
  expect(ofType(received, codeRequested)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status === 429);
  expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['resend-too-early']));
  const shown = ['code', 'detail', 'instance', 'status', 'title', 'type'];
  for (const { body } of refused) expect(Object.keys(body).toSorted()).toEqual(shown);
});

test('R-AUTH-01 a phone gets five codes an hour and ten a day, whoever asks', async () => {
  const phone = somePhone();
  const received = listenToCommits(rt);
  const began = rt.clock.nowMs();
  const sentAt: number[] = [];
  for (let n = 0; sentAt.length < 11; n += 1) {
    // Another address for each code; who waits asks again from the same one.
    const answer = await askForCode(rt, phone, address(sentAt.length));
    if (answer.status === 202) sentAt.push((rt.clock.nowMs() - began) / 1000);
    else rt.clock.move(Number(answer.headers['retry-after']) * 1000);
    // A code that lives is joined from another address: it is used up, so that there is none to join.
    if (answer.status === 202) rt.clock.move(300_000);
    expect(n).toBeLessThan(40);
  }
  expect(ofType(received, codeRequested)).toHaveLength(11);
  for (const from of sentAt) {
    expect(sentAt.filter((at) => at >= from && at < from + 3600).length).toBeLessThanOrEqual(5);
    expect(sentAt.filter((at) => at >= from && at < from + 86_400).length).toBeLessThanOrEqual(10);
  }
  expect(sentAt[5]).toBe(3600);
  expect(sentAt[10]).toBe(86_400);
});

test('R-AUTH-01 of 40 phones asked for at once from one address 20 get a code, and more in an hour', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => askForCode(rt, somePhone(), address(1))),
  );
  expect(statuses(answers)).toEqual({ 202: 20, 429: 20 });
  const refused = answers.find(({ status }) => status === 429);
  expect([refused?.body.code, refused?.body.challengeId]).toEqual(['too-many-codes', undefined]);
  expect((await askForCode(rt, somePhone(), address(2))).status).toBe(202);
  rt.clock.move(3_600_000);
  expect((await askForCode(rt, somePhone(), address(1))).status).toBe(202);
});

test('R-AUTH-01 a network of IPv6 counts as one address', async () => {
  await settings({ limits: { codesPerAddressHour: 2 } });
  const ask = (ip: string) => askForCode(rt, somePhone(), ip);
  const answers = [await ask('2001:db8::1'), await ask('2001:db8::2'), await ask('2001:db8::3')];
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 429]);
  expect((await ask('2001:db8:0:1::1')).status).toBe(202);
});

test('R-AUTH-01 of 30 codes at once a dial code sends as many as its budget holds, until the day is over', async () => {
  expect((await settings({ limits: { codesPerDialCodeDay: 50 }, dialCodeBudgets: { '7': 8 } })).status).toBe(
    200,
  );
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, n) => askForCode(rt, somePhone(), address(n))),
  );
  expect(statuses(answers)).toEqual({ 202: 8, 429: 22 });
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.body.code).toBe('too-many-codes');
  expect(refused?.headers['retry-after']).toBe(String(16 * 3600)); // the tests' day begins at 8 in the morning, UTC
  rt.clock.move(16 * 3_600_000);
  expect((await askForCode(rt, somePhone(), address(98))).status).toBe(202);
});

describe('settings', () => {
  test('R-AUTH-01 countries and the default country are in force at once', async () => {
    const changed = await settings({ countries: ['KZ'], defaultCountry: 'KZ' });
    expect([changed.status, changed.body]).toMatchObject([200, { countries: ['KZ'], version: 1 }]);
    const foreign = await askForCode(rt, '+7 916 123-45-67', address(1));
    expect([foreign.status, foreign.body.code]).toEqual([422, 'phone-country']);
    expect((await askForCode(rt, '8 701 123 45 67', address(1))).status).toBe(202);
    await settings({ countries: null, defaultCountry: null });
    const national = await askForCode(rt, '8 (916) 123-45-67', address(1));
    expect([national.status, national.body.code]).toEqual([422, 'phone-invalid']);
  });

  test('R-ADM-02 a change is audited with old and new values; one that changes nothing is none', async () => {
    const received = listenToCommits(rt);
    await settings({ limits: { codesPerPhoneHour: 3 } });
    const same = await settings({ limits: { codesPerPhoneHour: 3 } });
    expect([same.status, same.body.version]).toEqual([200, 1]);
    const audits = ofType(received, auditRecorded);
    expect(audits.map(({ data }) => data)).toMatchObject([
      {
        action: 'sign-in-settings.changed',
        details: { changes: [{ name: 'codesPerPhoneHour', from: 5, to: 3 }] },
      },
    ]);
  });

  test.each([
    [{ limits: { codesPerPhoneHour: 0 } }],
    [{ limits: { nonsense: 1 } }],
    [{ countries: ['XX'] }],
    [{ countries: [] }],
    [{ defaultCountry: 'Russia' }],
    [{ dialCodeBudgets: { '+7': 1 } }],
  ])('%j is refused', async (body) => {
    expect((await settings(body)).status).toBe(400);
  });

  test('need the version that was read', async () => {
    const body = { limits: { codesPerPhoneHour: 3 } };
    const stale = await newUser(rt, 'admin').call('PATCH /v1/sign-in/settings', { ifMatch: '"7"', body });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale']);
    expect((await call(rt, 'GET /v1/sign-in/settings')).status).toBe(401);
  });
});

describe('bursts', () => {
  const burst = async (size: number, ask: (n: number) => ReturnType<typeof askForCode>) => {
    const answers = await Promise.all(Array.from({ length: size }, (_, n) => ask(n)));
    expect(answers.filter(({ status }) => status !== 202 && status !== 429)).toEqual([]);
    return answers.filter(({ status }) => status === 202).length;
  };
  const many = (n: number) => `100.65.${n >> 8}.${n & 255}`;

  test('R-AUTH-01 of 100 requests at once to one phone one sends, and none is an error', async () => {
    const [here, elsewhere] = [somePhone(), somePhone()];
    const received = listenToCommits(rt);
    expect(await burst(100, () => askForCode(rt, here, address(1)))).toBe(1);
    // From as many addresses one sends, and others join: nobody is sent anything more.
    expect(await burst(100, (n) => askForCode(rt, elsewhere, many(n)))).toBeLessThanOrEqual(20);
    expect(ofType(received, codeRequested).map(({ data }) => data.phone)).toEqual([here, elsewhere]);
  });

  test('R-AUTH-01 of 100 requests at once from one address twenty send, and none is an error', async () => {
    const received = listenToCommits(rt);
    expect(await burst(100, () => askForCode(rt, somePhone(), address(1)))).toBe(20);
    expect(ofType(received, codeRequested)).toHaveLength(20);
  });
});
