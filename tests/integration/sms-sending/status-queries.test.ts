import { handOff } from '../../../lib/sms/sending/hand-off.ts';
import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import {
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
  tick,
} from '../../support/aws/index.ts';
import { findQuota } from '../../support/sms-sending/quota.ts';
import {
  type AddedProvider,
  addProvider,
  queueSms,
  reread,
  sandboxFor,
} from '../../support/sms-sending/world.ts';
import { newUser } from '../../support/staff.ts';

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
afterEach(() => sandbox.centre.reset());

const refOf = (phone: string): string => sandbox.centre.inbox(phone)[0]?.ref ?? '';

/** The minute's tick, and all it sets off, for so many minutes. */
const minutes = async (count: number): Promise<void> => {
  for (let minute = 0; minute < count; minute += 1) {
    await tick(rt, 'functions/sms/tick.schedule');
    await drain(rt, { advanceMs: 60_000 });
  }
};

test('R-SMS-03 silent messages are asked about until they have an end, within what SMSC.ru allows', async () => {
  sandbox.centre.control('smsc', { reports: { copies: 0 }, connections: 4, latencyMs: 20 });
  const all = await Promise.all(Array.from({ length: 12 }, () => queueSms(rt)));
  await drain(rt);
  await minutes(8);
  for (const { phone } of all) sandbox.centre.advance(refOf(phone), '1', { silent: true });
  await minutes(6);
  const after = await Promise.all(all.map((sms) => reread(rt, sms)));
  expect(after.map(({ state }) => state)).toEqual(all.map(() => 'delivered'));
  expect(sandbox.centre.questions.asked).toBeGreaterThanOrEqual(all.length * 2);
  expect(sandbox.centre.questions.asked).toBeLessThanOrEqual(all.length * 4);
  expect(sandbox.centre.questions.tooMany).toBe(0);
  expect(sandbox.centre.peak('smsc').connections).toBeLessThanOrEqual(4);
});

test('R-SMS-03 a provider that does not answer questions is asked again; nothing is lost or guessed', async () => {
  const sms = await queueSms(rt, { more: { providerId: smsru.id } });
  await drain(rt);
  const good = sandbox.centre.accounts;
  sandbox.centre.accounts = { ...good, smsru: { apiId: 'changed' } };
  await minutes(3);
  expect((await reread(rt, sms)).state).toBe('sent');
  sandbox.centre.accounts = good;
  sandbox.centre.advance(refOf(sms.phone), '103', { silent: true });
  await minutes(12);
  expect((await reread(rt, sms)).state).toBe('delivered');
});

describe('R-SMS-03 a message that was handed over is taken back', () => {
  const cancel = (sms: { id: string }) => newUser(rt, 'manager').call(`POST /v1/sms/${sms.id}/cancel`);

  test('where the provider can: its count goes back', async () => {
    const sms = await queueSms(rt, { category: 'debt', more: { providerId: smsc.id } });
    await handOff(rt, sms.id);
    expect(await cancel(sms)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect((await findQuota(rt, sms)).planned).toEqual({});
    expect((await cancel(sms)).status).toBe(200);
  });

  test('not when it has gone on to the phone, nor where the provider has no such thing', async () => {
    const gone = await queueSms(rt, { more: { providerId: smsc.id } });
    await handOff(rt, gone.id);
    sandbox.centre.advance(refOf(gone.phone), '0', { silent: true });
    const kept = await queueSms(rt, { more: { providerId: smsru.id } });
    await handOff(rt, kept.id);
    for (const sms of [gone, kept]) {
      expect(await cancel(sms)).toMatchObject({ status: 409, body: { code: 'sms-state' } });
      expect((await reread(rt, sms)).state).toBe('sent');
    }
  });
});
