import { instant } from '../../../lib/platform/clock.ts';
import { spendFromBudget } from '../../../lib/sms/acceptance/key-budget-repository.ts';
import { type Machine, machine } from '../../support/keys.ts';
import { addDeafProvider, addEntity, type SmsWorld, smsBody, smsWorld } from '../../support/sms.ts';

let world: SmsWorld;
let entityId: string;
beforeAll(async () => {
  world = await smsWorld();
  entityId = await addEntity(world);
});
afterAll(() => world.aws.stop());

/** A part to a Russian number costs 2.50. */
const PART = 250;
const bound = (perDayMinor?: number, perMonthMinor?: number, currency = 'RUB') =>
  machine(world.rt, ['sms:send'], {
    entityIds: [entityId],
    categories: ['debt'],
    costBudget: { currency, perDayMinor, perMonthMinor },
  });

let phones = 0;
const post = (who: Machine, more: object = {}) =>
  who.call('POST /v1/sms', {
    key: world.rt.ids.next('key'),
    body: smsBody(entityId, { phone: `+7916${7_000_000 + phones++}`, ...more }),
  });
const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

test('R-AUTH-05 a key spends no more in a day than its budget, whatever comes at once, and nothing on a repeat', async () => {
  const shop = await bound(4 * PART + 1);
  const repeat = { key: 'same', body: smsBody(entityId, { phone: '+79167999999' }) };
  for (let n = 0; n < 3; n += 1) expect((await shop.call('POST /v1/sms', repeat)).status).toBe(201);
  const answers = await Promise.all(Array.from({ length: 40 }, () => post(shop)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(37);
  expect([refused[0]?.body.code, refused[0]?.headers['retry-after']]).toEqual([
    'daily-cost-budget',
    String(17 * 3600),
  ]);
});

test('R-AUTH-05 a thousand parallel spendings of a key take exactly its budget and no more', async () => {
  const limits = { messagesPerDay: 1000, costPerDayMinor: 30_007, costPerMonthMinor: 1_000_000 };
  const at = instant(world.rt.clock.nowMs());
  const keyId = world.rt.ids.next('key');
  const spend = () => spendFromBudget(world.rt, { keyId, at, costMinor: 60, limits });
  const all = await Promise.all(Array.from({ length: 1000 }, spend));
  expect(all.filter((full) => full === undefined)).toHaveLength(500);
  expect(new Set(all)).toEqual(new Set([undefined, 'costPerDayMinor']));
  const last = { keyId, at, costMinor: 7, limits };
  expect(await spendFromBudget(world.rt, last)).toBeUndefined();
  expect(await spendFromBudget(world.rt, { ...last, costMinor: 1 })).toBe('costPerDayMinor');
});

test('R-AUTH-05 a month holds what its days spent; what a part of it has no room for takes nothing', async () => {
  const limits = { messagesPerDay: 5, costPerDayMinor: 300, costPerMonthMinor: 500 };
  const keyId = world.rt.ids.next('key');
  const spend = (at: string, costMinor: number) =>
    spendFromBudget(world.rt, { keyId, at, costMinor, limits });
  expect(await spend('2026-03-02T10:00:00.000Z', 300)).toBeUndefined();
  expect(await spend('2026-03-02T23:59:59.999Z', 1)).toBe('costPerDayMinor');
  expect(await spend('2026-03-03T00:00:00.000Z', 201)).toBe('costPerMonthMinor');
  expect(await spend('2026-03-31T23:59:59.999Z', 200)).toBeUndefined();
  expect(await spend('2026-03-31T23:59:59.999Z', 1)).toBe('costPerMonthMinor');
  expect(await spend('2026-04-01T00:00:00.000Z', 300)).toBeUndefined();
});

test('R-AUTH-05 a month’s budget is refused until the next month', async () => {
  const shop = await bound(undefined, PART);
  expect((await post(shop)).status).toBe(201);
  const refused = await post(shop);
  const seconds = (Date.parse('2026-04-01T00:00:00.000Z') - world.rt.clock.nowMs()) / 1000;
  expect([...outcome(refused), refused.headers['retry-after']]).toEqual([
    429,
    'monthly-cost-budget',
    String(seconds),
  ]);
});

test('R-AUTH-05 a key with a budget sends nothing whose cost is unknown, in another currency or above it, nor says it would', async () => {
  const free = await addDeafProvider(world.rt, world.admin, { prices: {} });
  await world.manager.call(`PUT /v1/legal-entities/${entityId}/providers/${free}`, { body: {} });
  const cases = [
    [await bound(1000), { providerId: free }, 'cost-unknown'],
    [await bound(1000, undefined, 'EUR'), { providerId: world.providerId }, 'cost-in-other-currency'],
    [await bound(PART - 1), { providerId: world.providerId }, 'cost-above-budget'],
    [await bound(PART), { providerId: world.providerId, text: 'a'.repeat(161) }, 'cost-above-budget'],
  ] as const;
  for (const [shop, more, code] of cases) {
    expect(outcome(await post(shop, more))).toEqual([422, code]);
    const asked = { body: smsBody(entityId, { ...more }) };
    expect(outcome(await shop.call('POST /v1/sms/check', asked))).toEqual([422, code]);
  }
});

test('R-AUTH-05 a denied message costs a key nothing', async () => {
  const shop = await bound(PART);
  const nowhere = world.rt.ids.next('prv');
  for (let n = 0; n < 3; n += 1) {
    const { body } = await post(shop, { providerId: nowhere });
    expect(body.state).toBe('denied');
  }
  expect((await post(shop, { providerId: world.providerId })).status).toBe(201);
});
