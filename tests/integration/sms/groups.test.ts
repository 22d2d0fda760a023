import { settleDue } from '../../../lib/sms/deferral/settle-due.ts';
import {
  addEntity,
  besides,
  countedFor,
  register,
  type SmsWorld,
  smsBody,
  smsWorld,
} from '../../support/sms.ts';
import { userOn } from '../../support/staff.ts';

const GROUP = 'creditor-7701234567';

let world: SmsWorld;
let a: string;
let b: string;

beforeEach(async () => {
  world = await smsWorld();
  [a, b] = [await addEntity(world), await addEntity(world)];
});
afterEach(() => world.aws.stop());

const join = (entityId: string, groupId = GROUP) =>
  world.admin.call(`PUT /v1/legal-entities/${entityId}/group`, { body: { groupId } });
const leave = (entityId: string, by = world.admin, body: object = { reason: 'Sold to another creditor' }) =>
  by.call(`POST /v1/legal-entities/${entityId}/group/leave`, { body });
const joinBoth = async () => {
  for (const each of [a, b]) expect((await join(each)).status).toBe(200);
};
const stateOf = async (entityId: string, more: object = {}): Promise<string> =>
  (await register(world, entityId, { overCap: 'deny', ...more })).state;
const countedInGroup = () => countedFor(world.rt, `group:${GROUP}`);
const settle = async (smsId: string, at: string): Promise<void> => {
  world.rt.clock.moveTo(Date.parse(at));
  await settleDue(world.rt, { smsId });
};

describe('entities of one group', () => {
  test('R-SMS-05 share two a day, and the trace names the group', async () => {
    await joinBoth();
    expect([await stateOf(a), await stateOf(b)]).toEqual(['queued', 'queued']);
    for (const each of [a, b]) {
      const denied = await register(world, each, { overCap: 'deny' });
      expect(denied.state).toBe('denied');
      expect(denied.trace.find(({ rule }: { rule: string }) => rule === 'law-caps')).toMatchObject({
        value: 'day 2, week 2, month 2',
        note: `on 2026-03-02, group ${GROUP}`,
      });
    }
  });

  test('R-SMS-05 R-SMS-07 share two a day also when both are asked at once, in several processes, and nobody gets a 5xx', async () => {
    await joinBoth();
    const processes = await Promise.all([1, 2, 3].map(() => besides(world)));
    const answers = await Promise.all(
      processes.flatMap((rt, process) =>
        Array.from({ length: 20 }, (_, n) =>
          userOn(rt, world.manager, 'manager').call('POST /v1/sms', {
            key: `${process}-${n}`,
            body: smsBody(n % 2 === 0 ? a : b, { overCap: 'deny' }),
          }),
        ),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(answers.filter(({ body }) => body.state === 'queued')).toHaveLength(2);
    expect(Object.values(await countedInGroup())).toEqual(['2026-03-02', '2026-03-02']);
  });

  test('R-SMS-05 keep their own limits: what another of the group sent does not count there', async () => {
    await world.manager.call(`PATCH /v1/legal-entities/${a}`, {
      ifMatch: '"2"',
      body: { limits: { debt: { perDay: 1 } } },
    });
    await joinBoth();
    expect([await stateOf(b), await stateOf(a)]).toEqual(['queued', 'queued']);
    const { trace } = await register(world, a, { overCap: 'deny' });
    expect(trace.find(({ rule }: { rule: string }) => rule === 'entity-limits').value).toBe(
      'day 1, week 1, month 1',
    );
  });

  test('R-SMS-05 joining gives no fresh room: what an entity sent before goes on counting for it', async () => {
    expect(await stateOf(a)).toBe('queued');
    await joinBoth();
    expect(await stateOf(b)).toBe('queued');
    expect(await stateOf(a)).toBe('denied');
    expect(await stateOf(b)).toBe('queued');
    expect(await stateOf(b)).toBe('denied');
  });

  test('R-SMS-05 R-SMS-07 one that was waiting when its entity joined is evaluated with the group and counted there', async () => {
    world.rt.clock.moveTo(Date.parse('2026-03-02T12:00:00.000Z'));
    const waiting = await register(world, a, { validitySec: 5 * 86_400 });
    await joinBoth();
    for (const _ of [1, 2]) await register(world, b, { validitySec: 5 * 86_400 });
    await settle(waiting.smsId, '2026-03-03T06:00:00.000Z');
    const { state } = (await world.manager.call(`GET /v1/sms/${waiting.smsId}`)).body;
    expect(state).toBe('deferred');
    expect((await countedInGroup())[waiting.smsId]).toBe('2026-03-04');
    expect(await countedFor(world.rt, a)).toEqual({ [waiting.smsId]: '2026-03-04' });
  });
});

describe('giving back', () => {
  test('R-SMS-07 cancelling and expiry give back where it was counted, also after the entity has left', async () => {
    await joinBoth();
    const first = await register(world, a);
    const second = await register(world, b, { validitySec: 3600 });
    expect(Object.keys(await countedInGroup()).toSorted()).toEqual([first.smsId, second.smsId].toSorted());
    await leave(a);
    await world.manager.call(`POST /v1/sms/${first.smsId}/cancel`);
    expect(Object.keys(await countedInGroup())).toEqual([second.smsId]);
    expect(await countedFor(world.rt, a)).toEqual({});
    await settle(second.smsId, '2026-03-02T08:00:00.000Z');
    expect(await countedInGroup()).toEqual({});
    expect(await countedFor(world.rt, b)).toEqual({});
  });

  test('R-SMS-07 deferral moves both counts', async () => {
    world.rt.clock.moveTo(Date.parse('2026-03-02T12:00:00.000Z'));
    await joinBoth();
    const { smsId } = await register(world, a, { validitySec: 5 * 86_400 });
    expect(await countedInGroup()).toEqual({ [smsId]: '2026-03-03' });
    await settle(smsId, '2026-03-03T11:00:00.000Z');
    expect(await countedInGroup()).toEqual({ [smsId]: '2026-03-04' });
    expect(await countedFor(world.rt, a)).toEqual({ [smsId]: '2026-03-04' });
  });
});

describe('leaving a group', () => {
  test('R-SMS-05 is an admin’s, with a reason, as joining is: a manager gets 403', async () => {
    await joinBoth();
    const byManager = [
      await leave(a, world.manager),
      await world.manager.call(`PUT /v1/legal-entities/${a}/group`, { body: { groupId: 'other' } }),
    ];
    expect(byManager.map(({ status }) => status)).toEqual([403, 403]);
    expect((await leave(a, world.admin, {})).status).toBe(400);
    expect((await world.manager.call(`GET /v1/legal-entities/${a}`)).body.group).toEqual({ groupId: GROUP });
  });

  test('R-SMS-05 gives no room today; from the next day on the entity counts alone', async () => {
    await joinBoth();
    for (const _ of [1, 2]) expect(await stateOf(b)).toBe('queued');
    const left = await leave(a);
    expect([left.status, left.body.group]).toEqual([200, { groupId: GROUP, until: '2026-03-03' }]);
    expect((await leave(a)).body).toEqual(left.body);
    expect(await stateOf(a)).toBe('denied');
    world.rt.clock.moveTo(Date.parse('2026-03-03T07:00:00.000Z'));
    for (const _ of [1, 2]) expect(await stateOf(b)).toBe('queued');
    expect([await stateOf(a), await stateOf(a), await stateOf(a)]).toEqual(['queued', 'queued', 'denied']);
  });

  test('R-SMS-05 begins on a day that has begun nowhere: where it is tomorrow already, tomorrow is no next day', async () => {
    await joinBoth();
    world.rt.clock.moveTo(Date.parse('2026-03-02T10:30:00.000Z'));
    expect((await leave(a)).body.group.until).toBe('2026-03-04');
  });

  test('R-SMS-05 is no way into another group before it is over; joining the same one again ends it', async () => {
    await joinBoth();
    const at = 'other-creditor';
    expect((await join(a, at)).body.code).toBe('in-another-group');
    await leave(a);
    expect((await join(a, at)).body.code).toBe('in-another-group');
    expect((await join(a)).body.group).toEqual({ groupId: GROUP });
    await leave(a);
    world.rt.clock.moveTo(Date.parse('2026-03-03T12:00:00.000Z'));
    expect((await join(a, at)).body.group).toEqual({ groupId: at });
  });
});
