import { addEntity, register, type SmsWorld, smsWorld } from '../../support/sms.ts';

const WIDER = { from: '06:00', to: '23:00' };

let world: SmsWorld;
beforeEach(async () => {
  world = await smsWorld();
});
afterEach(() => world.aws.stop());

const set = async (by: 'manager' | 'admin', body: object) => {
  const { headers } = await world[by].call('GET /v1/sms-settings');
  const answer = await world[by].call('PATCH /v1/sms-settings', { ifMatch: headers.etag, body });
  return [answer.status, answer.body.code ?? answer.body] as const;
};

describe('a standard window', () => {
  test('R-SMS-05 that is wider is an admin’s, with a reason, and does not hold today', async () => {
    const entityId = await addEntity(world, { windowForTransactional: true, country: 'RU' });
    const send = async () =>
      (await register(world, entityId, { category: 'transactional', zone: 'Europe/Moscow' })).state;
    const hours = { from: '08:00', to: '22:00' };
    expect(await set('manager', { window: WIDER, reason: 'Peak season' })).toEqual([
      403,
      'looser-needs-admin',
    ]);
    expect(await set('admin', { window: WIDER })).toEqual([422, 'reason-required']);
    expect(await set('admin', { window: WIDER, reason: 'Peak season' })).toEqual([
      200,
      { window: hours, next: { window: WIDER, from: '2026-03-03' }, version: 1 },
    ]);
    world.rt.clock.moveTo(Date.parse('2026-03-02T19:30:00.000Z'));
    expect(await send()).toBe('deferred');
    world.rt.clock.moveTo(Date.parse('2026-03-03T19:30:00.000Z'));
    expect(await send()).toBe('queued');
    expect((await world.manager.call('GET /v1/sms-settings')).body).toEqual({ window: WIDER, version: 1 });
  });

  test('R-SMS-05 that is narrower binds at once, by a manager, and takes the place of a wider one to come', async () => {
    await set('admin', { window: WIDER, reason: 'Peak season' });
    const hours = { from: '08:00', to: '22:00' };
    const narrow = { from: '09:00', to: '21:00' };
    expect(await set('manager', { window: narrow })).toEqual([200, { window: narrow, version: 2 }]);
    expect(await set('manager', { window: { from: '08:00', to: '20:00' } })).toEqual([
      403,
      'looser-needs-admin',
    ]);
    const next = { window: WIDER, from: '2026-03-03' };
    const { body } = await world.manager.call('GET /v1/sms-settings/history');
    expect(body.items).toMatchObject([
      {
        version: 2,
        changes: [
          { name: 'window', from: hours, to: narrow },
          { name: 'next', from: next, to: null },
        ],
      },
      { version: 1, reason: 'Peak season', changes: [{ name: 'next', from: null, to: next }] },
    ]);
  });
});
