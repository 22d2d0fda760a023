import { smsIdOf } from '../../../lib/sms/acceptance/draft.ts';
import { requestSms } from '../../../lib/sms/acceptance/request-sms.ts';
import { type Machine, machine } from '../../support/keys.ts';
import { addEntity, create, register, type SmsWorld, smsBody, smsWorld } from '../../support/sms.ts';

let world: SmsWorld;
let [ours, theirs]: [string, string] = ['', ''];
let shop: Machine;
let theirSms: string;
let ourSms: string;

const SCOPES = ['sms:send', 'sms:read', 'sms:webhooks'] as const;
const bound = (more: object = {}) =>
  machine(world.rt, SCOPES, { entityIds: [ours], categories: ['debt'], ...more });

beforeEach(async () => {
  world = await smsWorld();
  [ours, theirs] = [await addEntity(world), await addEntity(world)];
  shop = await bound();
  theirSms = (await register(world, theirs)).smsId;
  ourSms = (await register(world, ours)).smsId;
});

let phones = 0;
const aPhone = () => `+7916${7_000_000 + phones++}`;
const post = (who: Machine, more: object = {}, entityId = ours) =>
  who.call('POST /v1/sms', {
    key: world.rt.ids.next('key'),
    body: smsBody(entityId, { phone: aPhone(), ...more }),
  });
const ids = (body: { items: { smsId: string }[] }) => body.items.map(({ smsId }) => smsId).toSorted();
const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

test('R-AUTH-05 a key sees messages of its entities; others are 404, as if they were not there', async () => {
  expect((await shop.call(`GET /v1/sms/${ourSms}`)).status).toBe(200);
  const nothing = world.rt.ids.next('sms');
  for (const [line, code] of [
    [`GET /v1/sms/{}`, 'sms-not-found'],
    [`POST /v1/sms/{}/cancel`, 'sms-not-found'],
  ] as const) {
    for (const id of [theirSms, nothing])
      expect(outcome(await shop.call(line.replace('{}', id)))).toEqual([404, code]);
  }
  const asked = await shop.call('POST /v1/sms/statuses', { body: { ids: [theirSms, ourSms] } });
  expect(ids(asked.body)).toEqual([ourSms]);
  expect((await world.manager.call(`GET /v1/sms/${theirSms}`)).body.state).toBe('queued');
});

test('R-AUTH-05 its lists hold what is its own, by entity, by phone and by default', async () => {
  expect(ids((await shop.call('GET /v1/sms')).body)).toEqual([ourSms]);
  expect(ids((await shop.call('GET /v1/sms?phone=79161234567')).body)).toEqual([ourSms]);
  expect(ids((await world.manager.call('GET /v1/sms?phone=79161234567')).body)).toEqual(
    [ourSms, theirSms].toSorted(),
  );
  const entities = (await shop.call('GET /v1/legal-entities')).body.items;
  expect(entities.map(({ entityId }: { entityId: string }) => entityId)).toEqual([ours]);
});

test.each([
  'GET /v1/sms?entityId={}',
  'GET /v1/legal-entities/{}',
  'GET /v1/legal-entities/{}/providers',
  'GET /v1/consents?entityId={}',
  'GET /v1/suppressions?entityId={}',
])('R-AUTH-05 %s is 404 for an entity of another, and for one of nobody', async (line) => {
  for (const id of [theirs, 'own', world.rt.ids.next('ent')])
    expect(outcome(await shop.call(line.replace('{}', id)))).toEqual([404, 'legal-entity-not-found']);
  expect((await shop.call(line.replace('{}', ours))).status).toBe(200);
});

test.each(['/v1/sms', '/v1/sms/check'])(
  'R-AUTH-05 it sends for its entities, in its categories, to its countries: %s',
  async (path) => {
    const ask = async (more: object, entityId = ours) =>
      outcome(
        await shop.call(`POST ${path}`, {
          key: world.rt.ids.next('key'),
          body: smsBody(entityId, { phone: aPhone(), ...more }),
        }),
      );
    expect(await ask({}, theirs)).toEqual([404, 'legal-entity-not-found']);
    expect(await ask({}, world.rt.ids.next('ent'))).toEqual([404, 'legal-entity-not-found']);
    expect(await ask({ category: 'transactional' })).toEqual([403, 'category-not-allowed']);
    expect(await ask({ category: 'otp' })).toEqual([422, 'otp-of-sign-in']);
    expect(await ask({ phone: '+12025550142' })).toEqual([403, 'country-not-allowed']);
    expect((await ask({}))[0]).toBeLessThan(300);
  },
);

test('R-AUTH-05 its countries are those it was given, in place of its entities’', async () => {
  const abroad = await bound({ countries: ['US', 'KZ'], categories: ['transactional'] });
  expect((await post(abroad, { category: 'transactional', phone: '+12025550142' })).status).toBe(201);
  expect(outcome(await post(abroad, { category: 'transactional' }))).toEqual([403, 'country-not-allowed']);
});

test('R-AUTH-05 its day has so many messages and no more, whatever comes at once; a repeat and a denial cost nothing', async () => {
  const small = await bound({ messagesPerDay: 5 });
  const same = { key: 'same', body: smsBody(ours, { phone: aPhone() }) };
  const first = await small.call('POST /v1/sms', same);
  for (let n = 0; n < 3; n += 1) expect((await small.call('POST /v1/sms', same)).body).toEqual(first.body);
  const denied = await post(small, {
    category: 'debt',
    validitySec: 60,
    providerId: world.rt.ids.next('prv'),
  });
  expect(denied.body.state).toBe('denied');
  const answers = await Promise.all(Array.from({ length: 12 }, () => post(small)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(4);
  expect(statuses.filter((status) => status === 429)).toHaveLength(8);
  const over = answers.find(({ status }) => status === 429);
  expect([over?.body.code, Number(over?.headers['retry-after'])]).toEqual(['daily-budget', 17 * 3600]);
  expect((await post(shop)).status).toBe(201);
  world.rt.clock.move(17 * 3600 * 1000);
  expect((await post(small)).status).toBe(201);
});

test('R-AUTH-05 a key that is bound to the own entity sees no sign-in codes', async () => {
  const own = await machine(world.rt, ['sms:read'], { entityIds: ['own'] });
  await requestSms(world.rt, {
    key: 'chl_1',
    requestedBy: 'identity',
    entityId: 'own',
    category: 'otp',
    phone: aPhone(),
    text: '{code}',
    challengeId: 'chl_1',
    validUntil: new Date(world.rt.clock.nowMs() + 60_000).toISOString(),
  });
  expect((await own.call(`GET /v1/sms/${smsIdOf('identity', 'chl_1')}`)).status).toBe(404);
  expect((await own.call('GET /v1/sms')).body.items).toEqual([]);
});

test('R-SMS-01 a key’s webhooks are its own: others are 404 to it, and one for another’s entity is not made', async () => {
  const url = 'http://127.0.0.1:9/hook';
  const other = await bound({ entityIds: [theirs] });
  const { webhookId } = await create(world.rt, shop, '/v1/webhooks', { url });
  const { webhookId: admins } = await create(world.rt, world.admin, '/v1/webhooks', { url });
  const lines = (id: string) => [
    `GET /v1/webhooks/${id}`,
    `GET /v1/webhooks/${id}/deliveries`,
    `DELETE /v1/webhooks/${id}`,
  ];
  for (const line of [...lines(webhookId), ...lines(admins)])
    expect(outcome(await other.call(line))).toEqual([404, 'webhook-not-found']);
  const listed = async (who: Machine | SmsWorld['admin']) =>
    (await who.call('GET /v1/webhooks')).body.items
      .map((each: { webhookId: string }) => each.webhookId)
      .toSorted();
  expect(await listed(other)).toEqual([]);
  expect(await listed(shop)).toEqual([webhookId]);
  expect(await listed(world.admin)).toEqual([webhookId, admins].toSorted());
  const foreign = await shop.call('POST /v1/webhooks', { key: 'f', body: { url, entityId: theirs } });
  expect(outcome(foreign)).toEqual([404, 'legal-entity-not-found']);
  expect((await shop.call(`DELETE /v1/webhooks/${webhookId}`)).status).toBe(204);
});
