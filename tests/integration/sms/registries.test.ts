import { auditRecorded } from '../../../lib/platform/audit.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { addDeafProvider, addEntity, register, type SmsWorld, smsBody, smsWorld } from '../../support/sms.ts';
import { listenToEvents, ofType, type TestUser } from '../../support/staff.ts';

let world: SmsWorld;
let manager: TestUser;
let received: DomainEvent[];

beforeAll(async () => {
  world = await smsWorld();
  manager = world.manager;
  received = listenToEvents(world.rt);
});
beforeEach(() => {
  received.length = 0;
});

const audits = () => ofType(received, auditRecorded).map(({ data }) => data.action);
const post = (path: string, body: object) =>
  manager.call(`POST ${path}`, { key: world.rt.ids.next('key'), body });

describe('legal entities', () => {
  test('R-SMS-05 added, read, edited under its version, deactivated; each is audited', async () => {
    const added = await post('/v1/legal-entities', { name: 'Collect LLC', country: 'RU' });
    expect([added.status, added.headers.etag]).toEqual([201, '"1"']);
    const path = `/v1/legal-entities/${added.body.entityId}`;
    const body = { window: { from: '10:00', to: '18:00' }, limits: { debt: { perDay: 1 } } };
    const edited = await manager.call(`PATCH ${path}`, { ifMatch: '"1"', body });
    expect([edited.status, edited.body]).toEqual([200, expect.objectContaining({ ...body, version: 2 })]);
    expect((await manager.call(`PATCH ${path}`, { ifMatch: '"1"', body })).status).toBe(412);
    const narrow = { window: { from: '11:00', to: '17:00' } };
    expect((await manager.call(`PATCH ${path}`, { ifMatch: '"2"', body: narrow })).body).toMatchObject(
      narrow,
    );
    const idle = await manager.call(`POST ${path}/deactivate`, { body: { reason: 'sold' } });
    expect(idle.body.active).toBe(false);
    expect((await manager.call(`POST ${path}/activate`, { body: {} })).body.active).toBe(true);
    expect(audits()).toEqual([
      'legal-entity.added',
      'legal-entity.edited',
      'legal-entity.edited',
      'legal-entity.deactivated',
      'legal-entity.activated',
    ]);
  });

  test.each([
    [{ presets: { debt: ['RU-999'] } }, 'law-preset-unknown'],
    [{ presets: { marketing: ['RU-230'] } }, 'law-preset-category'],
    [{ presets: { debt: ['RU-230'] }, limits: { debt: { perDay: 3 } } }, 'limits-looser-than-law'],
    [{ window: { from: '07:00', to: '18:00' } }, 'window-not-stricter'],
  ])('R-SMS-05 %j is refused as %s', async (more, code) => {
    const { status, body } = await post('/v1/legal-entities', { name: 'X', country: 'RU', ...more });
    expect([status, body.code]).toEqual([422, code]);
  });

  test('R-SMS-05 the own entity exists from the start, is listed, and can be edited', async () => {
    const before = await manager.call('GET /v1/legal-entities/own');
    expect(before.body).toMatchObject({ entityId: 'own', active: true, version: 0 });
    const body = { senderName: 'ROTADESK' };
    const edited = await world.admin.call('PATCH /v1/legal-entities/own', {
      ifMatch: before.headers.etag,
      body,
    });
    expect(edited.body).toMatchObject({ senderName: 'ROTADESK', version: 1 });
    const { items } = (await manager.call('GET /v1/legal-entities?limit=100')).body;
    expect(items.filter(({ entityId }: { entityId: string }) => entityId === 'own')).toHaveLength(1);
    const late = await world.admin.call('PATCH /v1/legal-entities/own', { ifMatch: '"0"', body });
    expect(late.status).toBe(412);
  });

  test('R-SMS-05 providers are added to an entity, listed and taken away', async () => {
    const entityId = await addEntity(world);
    const second = await addDeafProvider(world.rt, world.admin);
    const path = `/v1/legal-entities/${entityId}/providers`;
    await manager.call(`PUT ${path}/${second}`, { body: { sender: 'COLLECT' } });
    await manager.call(`PUT ${path}/${second}`, { body: { sender: 'COLLECT2' } });
    expect((await manager.call(`GET ${path}`)).body.items).toEqual([
      { providerId: world.providerId },
      { providerId: second, sender: 'COLLECT2' },
    ]);
    await manager.call(`DELETE ${path}/${world.providerId}`);
    expect((await manager.call(`GET ${path}`)).body.items).toHaveLength(1);
    const foreign = await manager.call(`PUT ${path}/${second}`, { body: { sender: 'H&M' } });
    expect([foreign.status, foreign.body.code]).toEqual([422, 'sender-not-allowed']);
    const unknown = await manager.call(`PUT ${path}/${world.rt.ids.next('prv')}`, { body: {} });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'sms-provider-not-found']);
  });
});

describe('the rule configuration', () => {
  test('R-SMS-06 a new holiday is evaluated at once, under the table’s version', async () => {
    const own = await smsWorld('2026-03-06T05:30:00.000Z');
    const entityId = await addEntity(own);
    const zone = { zone: 'Europe/Moscow' };
    const verdict = async () =>
      (await own.manager.call('POST /v1/sms/check', { body: smsBody(entityId, zone) })).body.verdict;
    expect(await verdict()).toBe('allow');
    const { body: table, headers } = await own.manager.call('GET /v1/holidays/RU/2026');
    const { country: _country, year: _year, version, ...draft } = table;
    const body = { ...draft, holidays: { ...draft.holidays, '2026-03-06': 'Day off' } };
    const unsaid = await own.manager.call('PUT /v1/holidays/RU/2026', { body });
    expect([unsaid.status, unsaid.body.code]).toEqual([428, 'if-match-required']);
    const edited = await own.manager.call('PUT /v1/holidays/RU/2026', { ifMatch: headers.etag, body });
    expect([edited.status, edited.body.version]).toEqual([200, version + 1]);
    expect(await verdict()).toBe('defer');
    const foreign = { ...draft, workdays: ['2027-03-07'] };
    const refused = await own.manager.call('PUT /v1/holidays/RU/2026', { ifMatch: '"1"', body: foreign });
    expect([refused.status, refused.body.code]).toEqual([422, 'date-outside-year']);
    const fresh = { holidays: { '2028-01-01': 'New Year' }, source: 'decree' };
    expect((await own.manager.call('PUT /v1/holidays/KZ/2028', { body: fresh })).status).toBe(200);
    expect((await own.manager.call('GET /v1/holidays/KZ/2026')).status).toBe(404);
  });

  test('R-SMS-05 the standard window is edited under its version and audited', async () => {
    const { headers } = await manager.call('GET /v1/sms-settings');
    const body = { window: { from: '09:00', to: '21:00' } };
    const edited = await manager.call('PATCH /v1/sms-settings', { ifMatch: headers.etag, body });
    expect([edited.status, edited.body]).toEqual([200, { ...body, version: 1 }]);
    expect((await manager.call('PATCH /v1/sms-settings', { ifMatch: headers.etag, body })).status).toBe(412);
    expect(audits()).toEqual(['sms-settings.changed']);
    const again = await manager.call('PATCH /v1/sms-settings', { ifMatch: '"1"', body });
    expect([again.status, again.body.version]).toEqual([200, 1]);
    const backwards = { window: { from: '21:00', to: '09:00' } };
    expect((await manager.call('PATCH /v1/sms-settings', { ifMatch: '"1"', body: backwards })).status).toBe(
      400,
    );
  });
});

describe('suppression and consent', () => {
  test('R-SMS-10 a suppression is added, listed by entity and by phone, and removed', async () => {
    const phone = '+79167000001';
    const added = await post('/v1/suppressions', {
      phone: '8 (916) 700-00-01',
      country: 'RU',
      reason: 'asked',
    });
    expect(added.body).toMatchObject({ phone, entityId: '*', categories: ['marketing'], source: 'manager' });
    const { items } = (await manager.call('GET /v1/suppressions')).body;
    expect(items.map((each: { phone: string }) => each.phone)).toContain(phone);
    const ofPhone = await manager.call(`GET /v1/suppressions?phone=${phone.slice(1)}`);
    expect(ofPhone.body.items).toEqual([added.body]);
    expect((await manager.call(`DELETE /v1/suppressions/${phone.slice(1)}`)).status).toBe(204);
    expect((await manager.call(`DELETE /v1/suppressions/${phone.slice(1)}`)).body.code).toBe(
      'suppression-not-found',
    );
    expect(JSON.stringify(ofType(received, auditRecorded))).not.toContain('79167000001');
  });

  test('R-SMS-10 codes cannot be suppressed, one by one or by a file', async () => {
    const body = { phone: '+79167000002', categories: ['otp', 'marketing'], reason: 'mute' };
    const one = await post('/v1/suppressions', body);
    expect([one.status, one.body.code]).toEqual([422, 'otp-not-suppressible']);
    const csv = 'phone\n+79167000002\n';
    const many = await post('/v1/suppressions/import', { csv, categories: ['otp'] });
    expect([many.status, many.body.code]).toEqual([422, 'otp-not-suppressible']);
    expect((await manager.call('GET /v1/suppressions?phone=79167000002')).body.items).toEqual([]);
  });

  test('R-SMS-10 a thousand are imported, bad rows are named by line, the rest goes in', async () => {
    const own = await smsWorld();
    const good = Array.from({ length: 250 }, (_, n) => `+7916${7_100_000 + n},moved`);
    const csv = ['phone,reason', ...good.slice(0, 100), 'nonsense,', ...good.slice(100), good[0]].join('\n');
    const body = { csv };
    const first = await own.manager.call('POST /v1/suppressions/import', { key: 'i1', body });
    expect([first.status, first.body]).toEqual([
      200,
      {
        taken: 250,
        refused: [{ line: 102, problem: 'phone-invalid', detail: expect.any(String) }],
        ignoredColumns: [],
      },
    ]);
    const again = await own.manager.call('POST /v1/suppressions/import', { key: 'i1', body });
    expect(again.body).toEqual(first.body);
    const seen = new Set<string>();
    let cursor = '';
    do {
      const page = (await own.manager.call(`GET /v1/suppressions?limit=100${cursor && `&cursor=${cursor}`}`))
        .body;
      for (const { phone } of page.items) seen.add(phone);
      cursor = page.nextCursor ?? '';
    } while (cursor);
    expect(seen.size).toBe(250);
    for (const wrong of ['name\nx', `phone\n${'+79161234567\n'.repeat(1001)}`, 'phone\n"broken']) {
      const answer = await own.manager.call('POST /v1/suppressions/import', {
        key: own.rt.ids.next('key'),
        body: { csv: wrong },
      });
      expect([answer.status, answer.body.code]).toEqual([422, 'csv-invalid']);
    }
  });

  test('R-SMS-10 consents are imported with their proof, and end when revoked; both dates stay', async () => {
    const entityId = await addEntity(world);
    const csv = [
      'phone,proof,grantedAt',
      '8 916 720-00-01,form 1,2026-01-01T10:00:00Z',
      '+79167200002,,',
      '+79167200003,form 3,2031-01-01T10:00:00Z',
      '+74951234567,form 4,',
    ].join('\n');
    const imported = await post('/v1/consents/import', { entityId, csv });
    expect(imported.body).toEqual({
      taken: 1,
      refused: [
        { line: 3, problem: 'proof-missing', detail: expect.any(String) },
        { line: 4, problem: 'granted-at-invalid', detail: 'grantedAt: lies in the future' },
        { line: 5, problem: 'phone-not-mobile', detail: expect.any(String) },
      ],
      ignoredColumns: [],
    });
    const marketing = { category: 'marketing', phone: '+79167200001', overCap: 'deny' };
    expect((await register(world, entityId, marketing)).state).toBe('queued');
    const revoked = await manager.call(`DELETE /v1/consents/${entityId}/79167200001`);
    expect(revoked.body).toMatchObject({
      grantedAt: '2026-01-01T10:00:00.000Z',
      revokedAt: expect.any(String),
    });
    expect((await register(world, entityId, marketing)).state).toBe('denied');
    const { items } = (await manager.call(`GET /v1/consents?entityId=${entityId}`)).body;
    expect(items).toEqual([revoked.body]);
  });

  test('R-SMS-10 a consent is of the past: one to come is refused, and nothing is on record', async () => {
    const entityId = await addEntity(world);
    const grant = (grantedAt: string) =>
      post('/v1/consents', { entityId, phone: '+79167200009', proof: 'form 9', grantedAt });
    const nowMs = world.rt.clock.nowMs();
    for (const at of ['2031-01-01T10:00:00Z', new Date(nowMs + 1).toISOString(), '1899-12-31T23:59:59Z']) {
      expect(await grant(at)).toMatchObject({ status: 422, body: { code: 'granted-at-invalid' } });
    }
    expect((await manager.call(`GET /v1/consents?entityId=${entityId}`)).body.items).toEqual([]);
    const justNow = new Date(nowMs).toISOString();
    expect(await grant(justNow)).toMatchObject({ status: 201, body: { grantedAt: justNow } });
  });

  test('R-SMS-06 a zone noted for a recipient is used, and forgotten when taken away', async () => {
    const path = '/v1/sms-recipients/79167300001';
    expect((await manager.call(`PUT ${path}`, { body: { zone: 'Asia/Omsk' } })).status).toBe(200);
    expect((await manager.call(`GET ${path}`)).body).toEqual({ phone: '+79167300001', zone: 'Asia/Omsk' });
    await manager.call(`PUT ${path}`, { body: { zone: null } });
    expect((await manager.call(`GET ${path}`)).body.zone).toBeNull();
    expect((await manager.call(`PUT ${path}`, { body: { zone: 'Mars/Olympus' } })).status).toBe(400);
  });
});
