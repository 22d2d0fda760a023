import { commit } from '../../../lib/platform/storage/commit.ts';
import { adapterOf } from '../../../lib/sms/providers/adapters.ts';
import { handOff } from '../../../lib/sms/sending/hand-off.ts';
import { queryStatus } from '../../../lib/sms/sending/query-status.ts';
import { referenceWrite } from '../../../lib/sms/sending/reference-repository.ts';
import { ABSENT_MS, CRASHED_MS, UNRESOLVED_MS } from '../../../lib/sms/sending/status-queries.ts';
import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { first, injectFaults, lostRace, noAnswer, transactionConflict } from '../../support/faults.ts';
import { findQuota } from '../../support/sms-sending/quota.ts';
import {
  type AddedProvider,
  addProvider,
  another,
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
let twilio: AddedProvider;

beforeAll(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  sandbox = await sandboxFor(rt);
  smsc = await addProvider(rt, sandbox, 'smsc', { priority: 1 });
  smsru = await addProvider(rt, sandbox, 'smsru', { priority: 2 });
  twilio = await addProvider(rt, sandbox, 'twilio', { priority: 3 });
});
afterAll(async () => {
  await sandbox?.stop();
  await aws?.stop();
});
afterEach(() => sandbox.centre.reset());

const came = (phone: string) => sandbox.centre.inbox(phone).length;

/** Asks every hour until it is settled: what the minute's tick does in production. */
const untilSettled = async (smsId: string): Promise<void> => {
  for (let hour = 0; hour < 80; hour += 1) {
    const sms = await reread(rt, { id: smsId });
    if (!sms.askAt) return;
    rt.clock.moveTo(Date.parse(sms.askAt));
    await queryStatus(rt, { smsId });
  }
};

/** A sender that dies (its error ends the invocation) at the nth write, before or after it was carried out. */
const dyingAt = async (nth: number, kind: 'instead' | 'after'): Promise<TestRuntime> => {
  const dying = await another(aws, rt);
  let writes = 0;
  let dead = false;
  injectFaults(dying.dynamo, (command) => {
    if (/Transact|Put|Update|Delete/.test(command)) writes += 1;
    if (dead || writes < nth) return dead ? { kind: 'instead', error: died() } : { kind: 'none' };
    dead = true;
    return { kind, error: died() };
  });
  return dying;
};
const died = (): Error => Object.assign(new Error('the process is gone'), { name: 'ValidationException' });

/** 1: the turn, 2: on record, 3: the outcome, 4: the outbox row, 5: the lease. What the adapters differ in lies around the request. */
const WRITES = { smsc: [1, 2, 3, 4, 5], smsru: [2, 3], twilio: [2, 3] };

describe.each(['smsc', 'smsru', 'twilio'] as const)('R-SMS-03 a sender of %s that dies', (kind) => {
  test.each(WRITES[kind].flatMap((nth) => [[nth, 'instead'] as const, [nth, 'after'] as const]))(
    'at write %i (%s of it): the message comes once at most, and has an end',
    async (nth, fault) => {
      const providerId = { smsc, smsru, twilio }[kind].id;
      const sms = await queueSms(rt, { category: 'otp', more: { providerId } });
      const dying = await dyingAt(nth, fault);
      await handOff(dying, sms.id).catch(() => undefined);
      // The queue delivers it again, twice over, and other senders take it.
      await Promise.all([handOff(rt, sms.id), handOff(await another(aws, rt), sms.id)]);
      await drain(rt);
      await untilSettled(sms.id);
      const after = await reread(rt, sms);
      expect(came(sms.phone)).toBeLessThanOrEqual(1);
      expect(['sent', 'failed', 'rejected']).toContain(after.state);
      if (after.state === 'rejected') expect(came(sms.phone)).toBe(0);
      if (after.state === 'failed') expect(after.reason).toBe('unresolved');
      if (kind === 'smsc' && came(sms.phone) === 1) expect(after.attempts).toHaveLength(1);
    },
  );
});

test('R-SMS-03 twenty senders at once hand a message over once', async () => {
  const sms = await queueSms(rt);
  const senders = await Promise.all(Array.from({ length: 20 }, () => another(aws, rt)));
  const outcomes = await Promise.all(senders.map((each) => handOff(each, sms.id)));
  expect(outcomes.filter((each) => each === 'handed-over')).toHaveLength(1);
  expect(came(sms.phone)).toBe(1);
});

test('R-SMS-03 the store loses answers and is contended: once all the same', async () => {
  const shaky = await another(aws, rt);
  let count = 0;
  injectFaults(shaky.dynamo, (command) => {
    if (command !== 'TransactWriteItemsCommand') return { kind: 'none' };
    count += 1;
    if (count % 3 === 1) return { kind: 'after', error: noAnswer() };
    return count % 3 === 2 ? { kind: 'instead', error: transactionConflict() } : { kind: 'none' };
  });
  const sms = await queueSms(rt);
  await handOff(shaky, sms.id);
  expect(await reread(rt, sms)).toMatchObject({ state: 'sent', attempts: [{ state: 'sent' }] });
  expect(came(sms.phone)).toBe(1);
});

test('R-SMS-03 a hand-off that loses one race after the other looks anew each time, and fails no record', async () => {
  const late = await another(aws, rt);
  injectFaults(late.dynamo, first('TransactWriteItemsCommand', 3, { kind: 'instead', error: lostRace() }));
  const sms = await queueSms(rt);
  expect(await handOff(late, sms.id)).toBe('handed-over');
  expect(came(sms.phone)).toBe(1);
});

test('R-SMS-03 an id that another message has is not given twice: each gets its own reports', async () => {
  const sms = await queueSms(rt, { more: { providerId: smsc.id } });
  const [taken, free] = [0, 1].map((salt) => adapterOf('smsc').ownIdOf(`${sms.id}.1`, salt));
  const reference = { providerId: smsc.id, theirId: taken ?? '', smsId: rt.ids.next('sms'), attemptId: '' };
  await commit(rt, { writes: [referenceWrite(rt, reference, '2026-01-05T08:00:00.000Z')] });
  await handOff(rt, sms.id);
  expect(await reread(rt, sms)).toMatchObject({ state: 'sent', attempts: [{ id: free }] });
});

describe('R-SMS-02 a lost answer', () => {
  test('is unknown, keeps its count, and is asked about by our own id', async () => {
    sandbox.centre.control('smsc', { lose: { when: 'after', times: 1 } });
    const sms = await queueSms(rt, { category: 'debt' });
    await handOff(rt, sms.id);
    expect(await reread(rt, sms)).toMatchObject({ state: 'unknown', attempts: [{ state: 'lost' }] });
    expect(Object.keys((await findQuota(rt, sms)).planned)).toEqual([sms.id]);
    await drain(rt, { advanceMs: 60_000 });
    expect(await reread(rt, sms)).toMatchObject({ state: 'sent', attempts: [{ state: 'sent' }] });
    expect(came(sms.phone)).toBe(1);
  });

  test('is settled by a report that comes before any question', async () => {
    sandbox.centre.control('smsc', { lose: { when: 'after', times: 1 } });
    const sms = await queueSms(rt, { more: { providerId: smsc.id } });
    await handOff(rt, sms.id);
    sandbox.centre.advance(sandbox.centre.inbox(sms.phone)[0]?.ref ?? '', '1');
    await sandbox.settled();
    expect(await reread(rt, sms)).toMatchObject({ state: 'delivered' });
  });

  test('at Twilio is settled by the report, whose address names our message', async () => {
    sandbox.centre.control('twilio', { lose: { when: 'after', times: 1 } });
    const sms = await queueSms(rt, { more: { providerId: twilio.id } });
    await handOff(rt, sms.id);
    expect((await reread(rt, sms)).state).toBe('unknown');
    const ref = sandbox.centre.inbox(sms.phone)[0]?.ref ?? '';
    sandbox.centre.advance(ref, 'delivered');
    await sandbox.settled();
    expect(await reread(rt, sms)).toMatchObject({
      state: 'delivered',
      attempts: [{ providerIds: [ref], state: 'delivered' }],
    });
  });

  test('R-SMS-03 at Twilio is not taken back: without its id it cannot be asked, and it has the message', async () => {
    sandbox.centre.control('twilio', { lose: { when: 'after', times: 1 } });
    const sms = await queueSms(rt, { category: 'debt', more: { providerId: twilio.id } });
    await handOff(rt, sms.id);
    const answer = await newUser(rt, 'manager').call(`POST /v1/sms/${sms.id}/cancel`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'sms-state' } });
    expect((await reread(rt, sms)).state).toBe('unknown');
    expect(Object.keys((await findQuota(rt, sms)).planned)).toEqual([sms.id]);
  });

  test('of a message that never came: the provider says so, and the count goes back', async () => {
    sandbox.centre.control('smsc', { lose: { when: 'before', times: 1 } });
    const sms = await queueSms(rt, { category: 'debt', more: { providerId: smsc.id } });
    await handOff(rt, sms.id);
    await drain(rt, { advanceMs: 60_000 });
    expect((await reread(rt, sms)).state).toBe('unknown'); // "not known" a minute later may be too early
    rt.clock.move(ABSENT_MS);
    await untilSettled(sms.id);
    expect(await reread(rt, sms)).toMatchObject({ state: 'rejected', reason: 'refused: absent' });
    expect((await findQuota(rt, sms)).planned).toEqual({});
    expect(came(sms.phone)).toBe(0);
  });

  test('nobody can be asked about is unresolved after 72 hours, its count kept', async () => {
    sandbox.centre.control('smsru', { lose: { when: 'after', times: 1 } });
    const sms = await queueSms(rt, { category: 'debt', more: { providerId: smsru.id } });
    const handedAtMs = rt.clock.nowMs();
    await handOff(rt, sms.id);
    const planned = (await findQuota(rt, sms)).planned;
    await untilSettled(sms.id);
    expect(await reread(rt, sms)).toMatchObject({ state: 'failed', reason: 'unresolved' });
    expect(rt.clock.nowMs() - handedAtMs).toBeGreaterThanOrEqual(UNRESOLVED_MS);
    expect((await findQuota(rt, sms)).planned).toEqual(planned);
    expect(came(sms.phone)).toBe(1);
  });

  test('is not taken for one while its sender may still be at work', async () => {
    const sms = await queueSms(rt);
    const dying = await dyingAt(3, 'instead');
    await handOff(dying, sms.id).catch(() => undefined);
    await queryStatus(rt, { smsId: sms.id });
    expect((await reread(rt, sms)).state).toBe('sending');
    rt.clock.move(CRASHED_MS);
    await queryStatus(rt, { smsId: sms.id });
    expect((await reread(rt, sms)).state).toBe('sent');
  });
});
