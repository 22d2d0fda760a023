import { ruleConfigs } from '../../../lib/sms/rule-config-repository.ts';
import { addEntity, register, type SmsWorld, smsWorld } from '../../support/sms.ts';
import { newUser, type TestUser } from '../../support/staff.ts';

let world: SmsWorld;
let manager: TestUser;
let admin: TestUser;

beforeEach(async () => {
  world = await smsWorld();
  manager = world.manager;
  admin = newUser(world.rt, 'admin');
});
afterEach(() => world.aws.stop());

type Law = Record<string, unknown>;

/** RU-230 as somebody would publish it again, in force from tomorrow. */
const ru230 = async (more: object = {}): Promise<Law> => {
  const { items } = (await manager.call('GET /v1/law-presets')).body;
  const { version: _v, code: _c, ...law } = items.find(({ code }: { code: string }) => code === 'RU-230');
  return { ...law, effectiveFrom: '2026-03-03', ...more };
};

const publish = (who: TestUser, body: object, code = 'RU-230') =>
  who.call(`POST /v1/law-presets/${code}/versions`, { key: world.rt.ids.next('key'), body });

const STRICTER = { caps: { perDay: 1, perWeek: 4, perMonth: 16 } };
const LOOSER = { caps: { perDay: 3, perWeek: 4, perMonth: 16 } };

describe('R-SMS-06 a version of a law', () => {
  test('binds from its date; older ones stay readable', async () => {
    const entityId = await addEntity(world);
    const published = await publish(manager, await ru230(STRICTER));
    expect([published.status, published.body]).toEqual([201, expect.objectContaining({ version: 2 })]);
    const send = async () => (await register(world, entityId, { overCap: 'deny' })).state;
    expect([await send(), await send(), await send()]).toEqual(['queued', 'queued', 'denied']);
    world.rt.clock.moveTo(Date.parse('2026-03-04T07:00:00.000Z'));
    const next = await register(world, entityId, { overCap: 'deny' });
    expect(next.trace.find(({ rule }: { rule: string }) => rule === 'law-caps').preset).toBe('RU-230@2');
    expect(await send()).toBe('denied');
    const all = (await manager.call('GET /v1/law-presets/RU-230')).body.items;
    expect(all.map((each: { version: number }) => each.version)).toEqual([1, 2]);
    expect(all[1]).toMatchObject({ title: all[0].title, source: all[0].source });
    expect((await manager.call('GET /v1/law-presets/NO-LAW')).status).toBe(404);
  });

  test.each([
    ['without hours', { hours: undefined }, 400, 'invalid-request'],
    ['of today', { effectiveFrom: '2026-03-02' }, 422, 'effective-too-early'],
    ['backdated', { effectiveFrom: '2020-01-01' }, 422, 'effective-too-early'],
    ['of another country', { country: 'KZ' }, 422, 'law-preset-fixed'],
    ['of another category', { categories: ['marketing'] }, 422, 'law-preset-fixed'],
    ['of an impossible country', { country: 'ZZ' }, 422, 'law-preset-country'],
  ])('%s is refused, to an admin too', async (_, more, status, code) => {
    for (const who of [manager, admin]) {
      const answer = await publish(who, { ...(await ru230()), ...more, reason: 'because' });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    expect((await manager.call('GET /v1/law-presets/RU-230')).body.items).toHaveLength(1);
  });

  test('that is looser needs an admin and a reason', async () => {
    const allDay = { from: '00:00', to: '24:00' };
    const night = { workday: allDay, saturday: allDay, sunday: allDay, holiday: allDay };
    for (const more of [LOOSER, { hours: night }, { caps: undefined }]) {
      const body = { ...(await ru230()), ...more };
      const refused = await publish(manager, { ...body, reason: 'wanted' });
      expect([refused.status, refused.body.code]).toEqual([403, 'looser-needs-admin']);
      const unsaid = await publish(admin, body);
      expect([unsaid.status, unsaid.body.code]).toEqual([422, 'reason-required']);
    }
    expect((await publish(admin, { ...(await ru230(LOOSER)), reason: 'amended' })).status).toBe(201);
  });

  test('to come can be withdrawn, one in force cannot; the stricter one leaves by an admin only', async () => {
    expect((await publish(manager, await ru230(STRICTER))).body.version).toBe(2);
    const withdraw = (who: TestUser, version: number, body: object = {}) =>
      who.call(`POST /v1/law-presets/RU-230/versions/${version}/withdraw`, { body });
    expect((await withdraw(manager, 2)).body.code).toBe('looser-needs-admin');
    expect((await withdraw(admin, 2)).body.code).toBe('reason-required');
    const gone = await withdraw(admin, 2, { reason: 'a mistake' });
    expect([gone.status, gone.body.withdrawnAt]).toEqual([200, expect.any(String)]);
    expect((await withdraw(manager, 2)).status).toBe(200);
    expect(await withdraw(manager, 1)).toMatchObject({ status: 409, body: { code: 'law-preset-in-force' } });
    expect((await withdraw(manager, 9)).status).toBe(404);
    // The next one is no second version 2.
    expect((await publish(manager, await ru230())).body.version).toBe(3);
    world.rt.clock.moveTo(Date.parse('2026-03-04T07:00:00.000Z'));
    const { items } = (await manager.call('GET /v1/law-presets')).body;
    expect(items.find(({ code }: { code: string }) => code === 'RU-230').version).toBe(3);
  });

  test('in any number leaves what every message reads as it was: versions that are over are history', async () => {
    const sizes: number[] = [];
    for (let day = 3; day <= 27; day += 1) {
      const effectiveFrom = `2026-03-${String(day).padStart(2, '0')}`;
      expect((await publish(manager, await ru230({ effectiveFrom }))).status).toBe(201);
      sizes.push(JSON.stringify(await ruleConfigs.find(world.rt, {})).length);
      world.rt.clock.moveTo(Date.parse(`${effectiveFrom}T07:00:00.000Z`));
    }
    expect(Math.max(...sizes.slice(1))).toBeLessThan((sizes[1] ?? 0) + 10);
    expect((await manager.call('GET /v1/law-presets/RU-230')).body.items).toHaveLength(26);
  });

  test('to come beyond five is refused', async () => {
    const statuses = [];
    for (let day = 3; day <= 8; day += 1)
      statuses.push((await publish(manager, await ru230({ effectiveFrom: `2026-03-0${day}` }))).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 422]);
  });
});
