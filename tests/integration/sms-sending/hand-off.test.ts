import { deriveCode } from '../../../lib/platform/secrets/index.ts';
import { listHealth } from '../../../lib/sms/providers/provider-repository.ts';
import { checkProviders } from '../../../lib/sms/sending/check-providers.ts';
import { handOff } from '../../../lib/sms/sending/hand-off.ts';
import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { findQuota } from '../../support/sms-sending/quota.ts';
import {
  type AddedProvider,
  addProvider,
  queueSms,
  reread,
  sandboxFor,
} from '../../support/sms-sending/world.ts';

let aws: TestAws;
let rt: TestRuntime;
let sandbox: RunningCentre;
let smsc: AddedProvider;
let smsru: AddedProvider;

beforeAll(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  sandbox = await sandboxFor(rt);
  smsc = await addProvider(rt, sandbox, 'smsc', { priority: 1 });
  smsru = await addProvider(rt, sandbox, 'smsru', { priority: 2 });
});
afterAll(async () => {
  await sandbox?.stop();
  await aws?.stop();
});
afterEach(async () => {
  sandbox.centre.reset();
  await checkProviders(rt); // what one test made of their health must not order the next one's
});

const inbox = (phone: string) => sandbox.centre.inbox(phone);

test('R-SMS-03 a queued message reaches its phone once, under the id that we gave it', async () => {
  const sms = await queueSms(rt);
  await drain(rt);
  const after = await reread(rt, sms);
  expect(after).toMatchObject({ state: 'sent', attempts: [{ providerId: smsc.id, state: 'sent' }] });
  expect(inbox(sms.phone).map(({ api, text, ref }) => [api, text, ref])).toEqual([
    ['smsc', 'Hello', after.attempts[0]?.id],
  ]);
});

test('R-SMS-02 reports take it to delivered and read, whatever comes twice and in the wrong order', async () => {
  const sms = await queueSms(rt);
  await drain(rt);
  const { attempts } = await reread(rt, sms);
  const ref = attempts[0]?.id ?? '';
  sandbox.centre.control('smsc', { reports: { copies: 2 } });
  for (const code of ['1', '0', '-1']) sandbox.centre.advance(ref, code);
  await sandbox.settled();
  const delivered = await reread(rt, sms);
  expect(delivered.state).toBe('delivered');
  sandbox.centre.advance(ref, '2');
  sandbox.centre.advance(ref, '20');
  await sandbox.settled();
  expect(await reread(rt, sms)).toMatchObject({ state: 'read', version: delivered.version + 1 });
});

test('R-AUTH-01 the code of a challenge is put in at hand-off and stands nowhere else', async () => {
  const challengeId = rt.ids.next('chl');
  const sms = await queueSms(rt, { category: 'otp', text: 'Your code: {code}', more: { challengeId } });
  await drain(rt);
  const code = await deriveCode(rt, challengeId);
  expect(inbox(sms.phone).map(({ text }) => text)).toEqual([`Your code: ${code}`]);
  expect(JSON.stringify(await reread(rt, sms))).not.toContain(code);
});

test.each(['3', '6', '8', '9', '77'])(
  'R-SMS-04 refused with %s, it goes to the next provider, once',
  async (code) => {
    sandbox.centre.control('smsc', { refuse: { code, times: 1 } });
    const sms = await queueSms(rt, { category: 'debt' });
    await drain(rt);
    expect(await reread(rt, sms)).toMatchObject({
      state: 'sent',
      attempts: [
        { providerId: smsc.id, state: 'refused', code },
        { providerId: smsru.id, state: 'sent' },
      ],
    });
    expect(inbox(sms.phone).map(({ api }) => api)).toEqual(['smsru']);
    // R-SMS-07: failover counts once.
    expect(Object.keys((await findQuota(rt, sms)).planned)).toEqual([sms.id]);
  },
);

test('R-SMS-07 refused by everybody, it is over and its count is given back', async () => {
  sandbox.centre.control('*', { refuse: { code: '6' } });
  sandbox.centre.control('smsru', { refuse: { code: '204', inside: true } });
  const sms = await queueSms(rt, { category: 'debt' });
  await drain(rt);
  const after = await reread(rt, sms);
  expect(after).toMatchObject({ state: 'rejected', reason: 'refused: 204' });
  expect(after.plannedOn).toBeUndefined();
  expect((await findQuota(rt, sms)).planned).toEqual({});
  expect(inbox(sms.phone)).toEqual([]);
});

test('R-SMS-04 when everybody says "not now", it is tried again later, within its validity', async () => {
  sandbox.centre.control('smsc', { refuse: { code: '9', times: 2 } });
  sandbox.centre.control('smsru', { refuse: { code: '500', times: 2 } });
  const sms = await queueSms(rt);
  await drain(rt);
  expect(await reread(rt, sms)).toMatchObject({ state: 'queued' });
  await drain(rt, { advanceMs: 120_000 });
  expect(await reread(rt, sms)).toMatchObject({ state: 'sent' });
  expect(inbox(sms.phone)).toHaveLength(1);
});

test('R-SMS-10 a stop-list is not gone around: nobody else is asked, and the phone is suppressed', async () => {
  sandbox.centre.control('smsru', { refuse: { code: '209', inside: true } });
  const sms = await queueSms(rt, { category: 'debt', more: { providerId: smsru.id } });
  await drain(rt);
  expect(await reread(rt, sms)).toMatchObject({ state: 'rejected', attempts: [{ providerId: smsru.id }] });
  sandbox.centre.reset();
  const next = await queueSms(rt, { category: 'marketing', phone: sms.phone });
  await drain(rt);
  expect(await reread(rt, next)).toMatchObject({ state: 'denied', reason: 'suppression' });
  expect(inbox(sms.phone)).toEqual([]);
});

test('R-SMS-09 a message whose validity has ended is dropped, never sent late', async () => {
  const sms = await queueSms(rt, { validSec: 30, category: 'debt' });
  rt.clock.move(31_000);
  await drain(rt);
  expect(await reread(rt, sms)).toMatchObject({ state: 'expired', reason: 'validity' });
  expect((await findQuota(rt, sms)).planned).toEqual({});
  expect(inbox(sms.phone)).toEqual([]);
});

test('R-SMS-06 the rules are looked at once more as the last step: too late in the day, it is deferred', async () => {
  const sms = await queueSms(rt, { category: 'debt', validSec: 48 * 3600 });
  // 22:30 in Moscow: accepted in time, but nobody sent it.
  const night = Date.parse('2026-01-05T19:30:00.000Z');
  const late = await testRuntime(aws);
  late.clock.moveTo(night);
  expect(await handOff(late, sms.id)).toBe('held');
  expect(await reread(rt, sms)).toMatchObject({ state: 'deferred' });
  expect(inbox(sms.phone)).toEqual([]);
});

test('R-SMS-04 a provider that does not take us is asked after the others, and shows it', async () => {
  sandbox.centre.control('smsc', { refuse: { code: '2' } });
  await queueSms(rt);
  await drain(rt);
  expect((await listHealth(rt)).find(({ providerId }) => providerId === smsc.id)).toMatchObject({
    state: 'refusing',
  });
  rt.clock.move(6_000);
  const sms = await queueSms(rt);
  await drain(rt);
  expect((await reread(rt, sms)).attempts.map(({ providerId }) => providerId)).toEqual([smsru.id]);
});
