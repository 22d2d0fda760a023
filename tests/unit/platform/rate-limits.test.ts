import type { RateKind } from '../../../lib/platform/rate-limiter.ts';
import { createRateLimiter } from '../../../lib/platform/rate-limits/rate-limiter.ts';
import { batchOf, initialRates } from '../../../lib/platform/rate-limits/rates.ts';
import type { Sent } from '../../support/platform/offline-runtime.ts';
import { offlineRuntime } from '../../support/platform/offline-runtime.ts';

/** A store that counts what it is asked, shared by all processes. */
const rateStore = (rates?: Record<RateKind, number>) => {
  const sums = new Map<string, number>();
  const asked: Sent[] = [];
  const answer = (sent: Sent): unknown => {
    asked.push(sent);
    if (sent.name === 'Get') return rates ? { Item: { values: rates, valuesVersion: 1, version: 1 } } : {};
    const key = JSON.stringify(sent.input.Key);
    const requests = (sums.get(key) ?? 0) + sent.input.ExpressionAttributeValues[':by'];
    sums.set(key, requests);
    return { Attributes: { requests } };
  };
  return { answer, asked, counts: () => asked.filter(({ name }) => name === 'Update').length };
};

const setUp = async (processes = 1, rates?: Record<RateKind, number>) => {
  const store = rateStore(rates);
  const rt = await offlineRuntime({ dynamo: store.answer });
  const limiters = Array.from({ length: processes }, () => createRateLimiter(rt));
  const ask = (who: string, kind: RateKind = 'person', n = 0) =>
    limiters[n % processes]?.admit({ kind, who }) as Promise<{ admitted: boolean; resetSec: number }>;
  return { rt, store, ask };
};

/** How many of so many requests one after another were let in, shared out among the processes. */
const admittedOf = async (
  times: number,
  ask: (n: number) => Promise<{ admitted: boolean }>,
): Promise<number> => {
  let admitted = 0;
  for (let n = 0; n < times; n += 1) if ((await ask(n)).admitted) admitted += 1;
  return admitted;
};

test('one process lets in exactly as many as the limit says, and tells when there will be more', async () => {
  const { rt, ask } = await setUp();
  rt.clock.move(60_000 - (rt.clock.nowMs() % 60_000) + 17_500);
  expect(await admittedOf(700, () => ask('usr_a'))).toBe(initialRates.person);
  expect((await ask('usr_a')).resetSec).toBe(43);
  rt.clock.move(43_000);
  expect((await ask('usr_a')).admitted).toBe(true);
});

test('callers and kinds do not take each other’s room', async () => {
  const { ask } = await setUp();
  await admittedOf(700, () => ask('usr_a'));
  expect([(await ask('usr_a')).admitted, (await ask('usr_b')).admitted]).toEqual([false, true]);
  expect([(await ask('usr_a', 'presence')).admitted, (await ask('usr_a', 'key')).admitted]).toEqual([
    true,
    true,
  ]);
});

test.each([2, 10, 40])('%i processes together stay below the stated bound', async (processes) => {
  const { ask } = await setUp(processes);
  const admitted = await admittedOf(3000, (n) => ask('usr_a', 'person', n));
  expect(admitted).toBeGreaterThanOrEqual(initialRates.person);
  expect(admitted).toBeLessThanOrEqual(initialRates.person + processes * (batchOf(initialRates.person) - 1));
});

test('a caller at their limit costs the store under a tenth of a request each time', async () => {
  const { store, ask } = await setUp(4);
  await admittedOf(600, (n) => ask('usr_a', 'person', n));
  expect(store.counts() / 600).toBeLessThanOrEqual(0.1);
});

test('a heartbeat every ten seconds costs the store a fifth of a request at most', async () => {
  const { rt, store, ask } = await setUp(1);
  for (let n = 0; n < 360; n += 1) {
    await ask('usr_a', 'presence');
    rt.clock.move(10_000);
  }
  expect(store.counts() / 360).toBeLessThanOrEqual(0.2);
});

test('whoever asks seldom costs the store nothing', async () => {
  const { store, ask } = await setUp(1);
  for (let n = 0; n < 1000; n += 1) await ask(`usr_${n}`);
  expect(store.counts()).toBe(0);
});

test('whoever is refused costs the store nothing', async () => {
  const { store, ask } = await setUp(1);
  await admittedOf(700, () => ask('usr_a'));
  const before = store.asked.length;
  expect(await admittedOf(1000, () => ask('usr_a'))).toBe(0);
  expect(store.asked.length).toBe(before);
});

test('a changed setting is in force within a minute, for one read a minute', async () => {
  const { rt, store, ask } = await setUp(1, { ...initialRates, person: 60 });
  rt.clock.move(60_000 - (rt.clock.nowMs() % 60_000));
  expect(await admittedOf(200, () => ask('usr_a'))).toBe(60);
  expect(store.asked.filter(({ name }) => name === 'Get')).toHaveLength(1);
});

test('a store that is away keeps nobody out', async () => {
  const rt = await offlineRuntime({
    dynamo: () => {
      throw new Error('the store is away');
    },
  });
  const limiter = createRateLimiter(rt);
  const admitted = await admittedOf(50, () => limiter.admit({ kind: 'person', who: 'usr_a' }));
  expect(admitted).toBe(50);
});
