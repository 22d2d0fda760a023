import { systemClock } from '../../../lib/platform/clock.ts';
import type { Runtime } from '../../../lib/platform/runtime.ts';
import { findItem } from '../../../lib/sms/core/table.ts';
import { acquirePermit, LEASE_MS, releasePermit } from '../../../lib/sms/sending/acquire-permit.ts';
import { handOff } from '../../../lib/sms/sending/hand-off.ts';
import { withConnection } from '../../../lib/sms/sending/with-connection.ts';
import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import {
  ManualClock,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { addProvider, another, queueSms, reread, sandboxFor } from '../../support/sms-sending/world.ts';

let aws: TestAws;
let rt: TestRuntime;
let sandbox: RunningCentre;

beforeAll(async () => {
  aws = await startAws();
  // The rate is the provider's own, in real time.
  rt = await testRuntime(aws, { clock: new ManualClock(Date.now()) });
  sandbox = await sandboxFor(rt);
});
afterAll(async () => {
  await sandbox?.stop();
  await aws?.stop();
});
afterEach(() => {
  sandbox.centre.reset();
  sandbox.centre.forgetPeaks();
});

const realTime = async (): Promise<Runtime> => ({ ...(await another(aws, rt)), clock: systemClock });
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

test("R-SMS-04 parallel senders keep within a provider's rate and connections; nobody is refused", async () => {
  sandbox.centre.control('smsru', { ratePerSec: 10, connections: 3, latencyMs: 60 });
  const provider = await addProvider(rt, sandbox, 'smsru', { ratePerSec: 10, concurrency: 3 });
  const senders = await Promise.all(range(4).map(realTime));
  const all = await Promise.all(range(16).map(() => queueSms(rt, { more: { providerId: provider.id } })));
  // Who gets no permit in time goes back to the queue, which on a busy machine may happen here.
  const untilGone = async (sender: Runtime, smsId: string): Promise<void> => {
    while ((await handOff(sender, smsId)) === 'again') await systemClock.sleep(100);
  };
  await Promise.all(all.map((sms, index) => untilGone(senders[index % senders.length] as Runtime, sms.id)));
  const after = await Promise.all(all.map((sms) => reread(rt, sms)));
  expect(after.flatMap(({ attempts }) => attempts.map(({ state }) => state))).toEqual(
    after.map(() => 'sent'),
  );
  const peak = sandbox.centre.peak('smsru');
  expect(peak.sends).toBe(16);
  expect(peak.perSec).toBeLessThanOrEqual(10);
  expect(peak.connections).toBeLessThanOrEqual(3);
});

test('R-SMS-09 a code overtakes a backlog that the rate holds up', async () => {
  const provider = await addProvider(rt, sandbox, 'smsc', { ratePerSec: 10, concurrency: 4 });
  const more = { providerId: provider.id };
  const backlog = await Promise.all(range(80).map(() => queueSms(rt, { category: 'transactional', more })));
  const bulk = await Promise.all(range(2).map(realTime));
  const codes = await realTime();
  let stop = false;
  const senders = bulk.map(async (sender, place) => {
    for (const sms of backlog.filter((_, index) => index % 2 === place))
      if (!stop) await handOff(sender, sms.id);
  });
  const count = () => sandbox.centre.inbox().filter(({ api }) => api === 'smsc').length;
  const overtaken: number[] = [];
  while (count() < 3) await systemClock.sleep(20);
  for (const _ of range(5)) {
    const code = await queueSms(rt, { category: 'otp', more });
    const before = count();
    expect(await handOff(codes, code.id)).toBe('handed-over');
    overtaken.push(count() - before - 1);
    await systemClock.sleep(150);
  }
  const left = backlog.length + overtaken.length - count();
  stop = true;
  await Promise.all(senders);
  expect(left).toBeGreaterThan(20); // the backlog was there throughout
  // Those that were on their way already, and, on a slow machine, those whose permit came while the code was made ready.
  expect(Math.max(...overtaken)).toBeLessThanOrEqual(10);
});

test('R-SMS-04 connections of senders that have crashed come free by themselves', async () => {
  const provider = { id: rt.ids.next('prv'), ratePerSec: 1000, concurrency: 2 };
  const wanted = { provider, lane: 'otp' as const };
  const soon = () => rt.clock.nowMs() + 100;
  for (const _ of range(2))
    expect((await acquirePermit(rt, { ...wanted, untilMs: soon() })).kind).toBe('permit');
  expect((await acquirePermit(rt, { ...wanted, untilMs: soon() })).kind).toBe('busy');
  rt.clock.move(LEASE_MS);
  const permit = await acquirePermit(rt, { ...wanted, untilMs: soon() });
  expect(permit.kind).toBe('permit');
  if (permit.kind === 'permit') await releasePermit(rt, provider.id, permit.leaseId);
  const bucket = await findItem(rt, { pk: `PROVIDER#${provider.id}`, sk: 'BUCKET' });
  expect(bucket?.leases).toEqual({});
});

test('R-SMS-04 a question, too, takes the place of one whose asker has crashed', async () => {
  const provider = { id: rt.ids.next('prv'), concurrency: 2 };
  await new Promise<void>((begun) => {
    const neverEnding = () => {
      begun();
      return new Promise<never>(() => undefined);
    };
    void withConnection(rt, provider, neverEnding);
  });
  const other = await another(aws, rt);
  expect(await withConnection(other, provider, async () => 'asked')).toBe('busy');
  rt.clock.move(LEASE_MS);
  expect(await withConnection(other, provider, async () => 'asked')).toBe('asked');
});

test('R-SMS-04 where the rate lets nothing go in time, a message goes back to its queue', async () => {
  const provider = await addProvider(rt, sandbox, 'smsru', { ratePerSec: 0.01 });
  const more = { providerId: provider.id };
  const [first, second] = [await queueSms(rt, { more }), await queueSms(rt, { more })];
  expect(await handOff(rt, first.id)).toBe('handed-over');
  expect(await handOff(rt, second.id)).toBe('again');
  expect((await reread(rt, second)).state).toBe('queued');
});
