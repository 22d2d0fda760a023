import { auditRecorded } from '../../../lib/platform/audit.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { addEntity, create, register, type SmsWorld, smsBody, smsWorld } from '../../support/sms.ts';
import { listenToEvents, newUser, ofType, type TestUser } from '../../support/staff.ts';

const OWN_HOURS = { window: { from: '10:00', to: '18:00' }, windowForTransactional: true };
const STRICT = {
  ...OWN_HOURS,
  limits: { debt: { perDay: 1, perWeek: 2 } },
  presets: { debt: ['RU-230', 'US-REG-F'] },
  stopWords: ['NEIN'],
};
const DAY_MS = 24 * 3600 * 1000;
const NEXT_DAY = '2026-03-03';

let world: SmsWorld;
let received: DomainEvent[];
beforeEach(async () => {
  world = await smsWorld();
  received = listenToEvents(world.rt);
});
afterEach(() => world.aws.stop());

const at = (entityId: string) => `/v1/legal-entities/${entityId}`;
const edit = async (by: TestUser, entityId: string, body: object) => {
  const { headers } = await world.manager.call(`GET ${at(entityId)}`);
  const answer = await by.call(`PATCH ${at(entityId)}`, { ifMatch: headers.etag, body });
  return [answer.status, answer.body.code ?? answer.body] as const;
};
const seen = async (entityId: string) => (await world.manager.call(`GET ${at(entityId)}`)).body;

describe('an entity’s own demands', () => {
  test.each([
    [{ window: null }],
    [{ window: { from: '09:59', to: '18:00' } }],
    [{ windowForTransactional: false }],
    [{ limits: {} }],
    [{ limits: { debt: { perDay: 1 } } }],
    [{ limits: { debt: { perDay: 1, perWeek: 3 } } }],
    [{ presets: {} }],
    [{ presets: { debt: ['RU-230'] } }],
    [{ stopWords: [] }],
    [{ country: 'KZ' }],
    [{ name: 'Renamed', window: { from: '11:00', to: '17:00' }, limits: {} }],
  ])('R-SMS-06 edited to %j are no manager’s to loosen, whatever else the edit says', async (change) => {
    const entityId = await addEntity(world, STRICT);
    const before = await seen(entityId);
    expect(await edit(world.manager, entityId, { ...change, reason: 'Peak season' })).toEqual([
      403,
      'looser-needs-admin',
    ]);
    expect(await edit(newUser(world.rt, 'executor'), entityId, change)).toEqual([403, 'forbidden']);
    expect(await seen(entityId)).toEqual(before);
  });

  test('R-SMS-06 that are looser wait for the next day with their reason; what is stricter in the same edit binds at once', async () => {
    const entityId = await addEntity(world, STRICT);
    const change = { window: null, limits: { debt: { perDay: 2, perWeek: 1 } } };
    expect(await edit(world.admin, entityId, change)).toEqual([422, 'reason-required']);
    const [status] = await edit(world.admin, entityId, { ...change, reason: 'Peak season' });
    expect(status).toBe(200);
    expect(await seen(entityId)).toMatchObject({
      window: OWN_HOURS.window,
      limits: { debt: { perDay: 1, perWeek: 1 } },
      next: { from: NEXT_DAY, ...change },
    });
    world.rt.clock.move(DAY_MS);
    const after = await seen(entityId);
    expect([after.window, after.limits, after.next]).toEqual([undefined, change.limits, undefined]);
    const { data } = ofType(received, auditRecorded).at(-1) ?? {};
    expect(data).toMatchObject({
      action: 'legal-entity.edited',
      details: { looser: ['window', 'limits'], inForceFrom: NEXT_DAY, reason: 'Peak season' },
    });
  });

  test('R-SMS-06 hold today’s messages by what they were, and tomorrow’s by what they are then', async () => {
    world.rt.clock.moveTo(Date.parse('2026-03-02T16:30:00.000Z'));
    const entityId = await addEntity(world, OWN_HOURS);
    const send = async () =>
      (await register(world, entityId, { category: 'transactional', zone: 'Europe/Moscow' })).state;
    await edit(world.admin, entityId, { window: null, reason: 'Peak season' });
    expect(await send()).toBe('deferred');
    // Tomorrow has begun already where the day begins first.
    world.rt.clock.move(2 * DAY_MS);
    expect(await send()).toBe('queued');
  });

  test('R-SMS-06 made stricter by a manager are not loosened back by one, and end what an admin has waiting', async () => {
    const entityId = await addEntity(world, OWN_HOURS);
    await edit(world.admin, entityId, { window: null, reason: 'Peak season' });
    const narrow = { from: '11:00', to: '17:00' };
    const [, body] = await edit(world.manager, entityId, { window: narrow });
    expect([body.window, body.next]).toEqual([narrow, undefined]);
    expect(await edit(world.manager, entityId, OWN_HOURS)).toEqual([403, 'looser-needs-admin']);
    world.rt.clock.move(DAY_MS);
    expect((await seen(entityId)).window).toEqual(narrow);
  });

  test('R-SMS-06 that wait are not hurried by a manager’s other edits, by joining a group or by an activation', async () => {
    const entityId = await addEntity(world, OWN_HOURS);
    await edit(world.admin, entityId, { window: null, reason: 'Peak season' });
    await edit(world.manager, entityId, { name: 'Renamed' });
    await world.admin.call(`PUT ${at(entityId)}/group`, { body: { groupId: 'creditor-1' } });
    await world.manager.call(`POST ${at(entityId)}/deactivate`, { body: {} });
    await world.manager.call(`POST ${at(entityId)}/activate`, { body: {} });
    expect(await seen(entityId)).toMatchObject({
      window: OWN_HOURS.window,
      next: { from: NEXT_DAY, window: null },
    });
  });

  test('R-SMS-06 are an admin’s to loosen and nothing else of an entity is; the own one’s loosen by the same rule', async () => {
    const entityId = await addEntity(world, OWN_HOURS);
    const renamed = { name: 'Renamed', window: null, reason: 'Peak season' };
    expect(await edit(world.admin, entityId, renamed)).toEqual([403, 'entity-of-managers']);
    expect((await edit(world.admin, 'own', OWN_HOURS))[0]).toBe(200);
    expect(await edit(world.manager, 'own', { window: null })).toEqual([403, 'own-entity-of-admins']);
    expect(await edit(world.admin, 'own', { window: null })).toEqual([422, 'reason-required']);
    await edit(world.admin, 'own', { window: null, reason: 'Peak season' });
    expect((await seen('own')).next).toEqual({ from: NEXT_DAY, window: null });
  });

  test('R-SMS-06 what waits is no part of an edit’s body, and a new entity waits for nothing', async () => {
    const entityId = await addEntity(world, OWN_HOURS);
    const next = { from: '2020-01-01', window: null };
    expect((await edit(world.manager, entityId, { next }))[0]).toBe(400);
    const made = await create(world.rt, world.manager, '/v1/legal-entities', {
      name: 'Free',
      country: 'RU',
    });
    expect(made.next).toBeUndefined();
  });
});

describe('holidays', () => {
  const table = async () => world.manager.call('GET /v1/holidays/RU/2026');
  const put = async (by: TestUser, more: object) => {
    const { body, headers } = await table();
    const { holidays, workdays, source } = body;
    const answer = await by.call('PUT /v1/holidays/RU/2026', {
      ifMatch: headers.etag,
      body: { holidays, workdays, source, ...more },
    });
    return [answer.status, answer.body.code ?? answer.body] as const;
  };

  test('R-SMS-06 fewer of them, or a worked Saturday, are an admin’s, with a reason, from the next day on', async () => {
    const { body: before } = await table();
    const { '2026-03-09': _gone, ...fewer } = before.holidays;
    for (const looser of [{ holidays: fewer }, { holidays: {} }, { workdays: ['2026-03-07'] }]) {
      expect(await put(world.manager, { ...looser, reason: 'Decree' })).toEqual([403, 'looser-needs-admin']);
      expect(await put(world.admin, looser)).toEqual([422, 'reason-required']);
    }
    expect((await table()).body).toEqual(before);
    await put(world.admin, { holidays: fewer, reason: 'Decree' });
    expect((await table()).body).toMatchObject({
      holidays: before.holidays,
      next: { holidays: fewer, from: NEXT_DAY },
    });
    world.rt.clock.move(DAY_MS);
    const { body: after } = await table();
    expect([after.holidays, after.next]).toEqual([fewer, undefined]);
  });

  test('R-SMS-06 more of them bind at once, by a manager, who does not take them away again', async () => {
    const entityId = await addEntity(world);
    const check = async () =>
      (await world.manager.call('POST /v1/sms/check', { body: smsBody(entityId, { zone: 'Europe/Moscow' }) }))
        .body.verdict;
    world.rt.clock.moveTo(Date.parse('2026-03-04T05:30:00.000Z'));
    expect(await check()).toBe('allow');
    const { body: before } = await table();
    const more = { ...before.holidays, '2026-03-04': 'Mourning' };
    expect((await put(world.manager, { holidays: more }))[0]).toBe(200);
    expect(await check()).toBe('defer');
    expect(await put(world.manager, { holidays: before.holidays })).toEqual([403, 'looser-needs-admin']);
  });

  test('R-SMS-06 of a year without a table open its days no earlier than the next day', async () => {
    const body = { holidays: { '2027-01-01': 'New Year' }, source: 'Decree' };
    const first = 'PUT /v1/holidays/RU/2027';
    const refused = await world.manager.call(first, { body });
    expect([refused.status, refused.body.code]).toEqual([403, 'looser-needs-admin']);
    expect((await world.manager.call('PUT /v1/holidays/KZ/2027', { body })).status).toBe(200);
    world.rt.clock.moveTo(Date.parse('2027-03-01T05:30:00.000Z'));
    const entityId = await addEntity(world);
    const check = async () =>
      (await world.manager.call('POST /v1/sms/check', { body: smsBody(entityId, { zone: 'Europe/Moscow' }) }))
        .body.verdict;
    const made = await world.admin.call(first, { body: { ...body, reason: 'Decree' } });
    expect([made.status, made.body.from]).toEqual([200, '2027-03-02']);
    expect(await check()).toBe('defer');
    world.rt.clock.move(DAY_MS);
    expect(await check()).toBe('allow');
    expect((await world.manager.call('GET /v1/holidays/RU/2027')).body.from).toBeUndefined();
  });
});
