import { auditRecorded } from '../../../lib/platform/audit.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { account, approve } from '../../support/approvals.ts';
import type { Answer } from '../../support/aws/index.ts';
import { listenToCommits } from '../../support/identity.ts';
import { addDeafProvider, addEntity, create, type SmsWorld, smsWorld } from '../../support/sms.ts';
import { newUser, ofType, type TestUser } from '../../support/staff.ts';

const EVIL = { baseUrl: 'http://127.0.0.1:9/smsru', secrets: { apiId: 'thief' } };
const NEXT_DAY = '2026-03-03';

let world: SmsWorld;
let ada: TestUser;
let bob: TestUser;
let received: DomainEvent[];

beforeEach(async () => {
  world = await smsWorld();
  [ada, bob] = [await account(world.rt, 'admin'), await account(world.rt, 'admin')];
  received = listenToCommits(world.rt);
});
afterEach(() => world.aws.stop());

const outcome = ({ status, body }: Answer) => [status, body.code ?? body.state];
const patch = async (by: TestUser, path: string, body: object) => {
  const { headers } = await by.call(`GET ${path}`);
  return by.call(`PATCH ${path}`, { ifMatch: headers.etag ?? '', body });
};
const provider = (id: string) => `/v1/sms-providers/${id}`;
const urlOf = async (id: string) => (await ada.call(`GET ${provider(id)}`)).body.baseUrl;

describe('a provider that carries sign-in codes', () => {
  test('R-AUTH-08 R-SMS-04 is sent elsewhere by two admins; its secrets are shown to neither, and are those that were entered', async () => {
    const made = await patch(ada, provider(world.providerId), EVIL);
    expect([made.status, made.body.kind, made.body.inputs.secrets]).toEqual([
      202,
      'sms-provider.edited',
      ['apiId'],
    ]);
    expect(JSON.stringify([made.body, received])).not.toContain('thief');
    expect(await urlOf(world.providerId)).toBe('http://127.0.0.1:1/smsru');
    expect(outcome(await approve(ada, made.body))).toEqual([403, 'own-case']);
    expect(outcome(await approve(bob, made.body))).toEqual([200, 'approved']);
    expect(await urlOf(world.providerId)).toBe(EVIL.baseUrl);
  });

  test.each<[string, object]>([
    ['a secret', { secrets: { apiId: 'new' } }],
    ['an option', { options: { callbackHash: { algorithm: 'md5', formula: '{id}:{secret}' } } }],
    ['an account', { account: 'other', secrets: { apiId: 'new' } }],
  ])('R-AUTH-08 R-SMS-04 gets another %s by two admins', async (_, change) => {
    expect((await patch(ada, provider(world.providerId), change)).status).toBe(202);
  });

  test('R-AUTH-08 R-SMS-04 is renamed, slowed and put in order by one', async () => {
    const change = { name: 'Renamed', ratePerSec: 3, priority: 7 };
    expect((await patch(ada, provider(world.providerId), change)).body).toMatchObject(change);
  });

  test('R-AUTH-08 R-SMS-04 is added by two admins while the own entity uses all, and by one when it has a list', async () => {
    const body = { kind: 'smsru', name: 'Second', secrets: { apiId: 'x' }, baseUrl: EVIL.baseUrl };
    const made = await ada.call('POST /v1/sms-providers', { key: 'a', body });
    expect([made.status, made.headers.location]).toEqual([202, `/v1/proposals/sms/${made.body.proposalId}`]);
    const again = await ada.call('POST /v1/sms-providers', { key: 'a', body });
    expect([again.status, again.body]).toEqual([202, made.body]);
    expect((await ada.call('GET /v1/sms-providers')).body.items).toHaveLength(1);
    await approve(bob, made.body);
    const { items } = (await ada.call('GET /v1/sms-providers')).body;
    expect(items.map((each: Answer['body']) => each.name).toSorted()).toEqual(['Deaf', 'Second']);
    const link = await ada.call(`PUT /v1/legal-entities/own/providers/${world.providerId}`, { body: {} });
    await approve(bob, link.body);
    const third = await ada.call('POST /v1/sms-providers', { key: 'b', body });
    expect(third.status).toBe(201);
    expect((await patch(ada, provider(third.body.providerId), EVIL)).status).toBe(200);
  });

  test('R-AUTH-08 R-SMS-05 is given to the own entity as the approver saw it: edited meanwhile, it is not', async () => {
    const first = await ada.call(`PUT /v1/legal-entities/own/providers/${world.providerId}`, { body: {} });
    await approve(bob, first.body);
    const plain = await addDeafProvider(world.rt, ada);
    const link = await ada.call(`PUT /v1/legal-entities/own/providers/${plain}`, { body: {} });
    expect([link.status, link.body.inputs.providerVersion]).toEqual([202, 1]);
    expect((await patch(ada, provider(plain), EVIL)).status).toBe(200);
    expect(outcome(await approve(bob, link.body))).toEqual([409, 'proposal-outdated']);
    const { providers } = (await ada.call('GET /v1/legal-entities/own')).body;
    expect(providers).toEqual([{ providerId: world.providerId }]);
    // Another sender name at one that it has is no other way.
    const name = await ada.call(`PUT /v1/legal-entities/own/providers/${world.providerId}`, {
      body: { sender: 'DESK' },
    });
    expect(name.status).toBe(200);
  });

  test('R-AUTH-08 R-SMS-05 a link and an edit at once never give codes to what one admin made of it', async () => {
    const first = await ada.call(`PUT /v1/legal-entities/own/providers/${world.providerId}`, { body: {} });
    await approve(bob, first.body);
    for (let round = 0; round < 5; round += 1) {
      const plain = await addDeafProvider(world.rt, ada);
      const link = await ada.call(`PUT /v1/legal-entities/own/providers/${plain}`, { body: {} });
      const [linked, moved] = await Promise.all([approve(bob, link.body), patch(ada, provider(plain), EVIL)]);
      const isOwn = linked.status === 200;
      expect(isOwn && moved.status === 200).toBe(false);
      expect(await urlOf(plain)).toBe(isOwn ? 'http://127.0.0.1:1/smsru' : EVIL.baseUrl);
    }
  });
});

describe('what loosens a rule', () => {
  const wider = { window: { from: '06:00', to: '23:00' }, reason: 'Peak season' };
  const windowOf = async () => (await ada.call('GET /v1/sms-settings')).body;

  test('R-AUTH-08 R-SMS-05 a wider standard window is in force the day after another admin approved it', async () => {
    const { headers } = await ada.call('GET /v1/sms-settings');
    const made = await ada.call('PATCH /v1/sms-settings', { ifMatch: headers.etag ?? '', body: wider });
    expect([made.status, made.body.reason]).toEqual([202, 'Peak season']);
    expect((await windowOf()).next).toBeUndefined();
    await approve(bob, made.body);
    expect((await windowOf()).next).toEqual({ window: wider.window, from: NEXT_DAY });
  });

  test('R-AUTH-08 R-SMS-06 an entity’s looser demands, holidays and laws, and leaving a group, are proposed; what is stricter is not', async () => {
    const limits = { debt: { perDay: 1 } };
    const entityId = await addEntity(world, { limits });
    const path = `/v1/legal-entities/${entityId}`;
    await ada.call(`PUT ${path}/group`, { body: { groupId: 'creditor-1' } });
    const { body: table, headers } = await ada.call('GET /v1/holidays/RU/2026');
    const { workdays, source } = table;
    const reason = 'Peak season';
    const loose = [
      await patch(ada, path, { limits: {}, reason }),
      await ada.call('PUT /v1/holidays/RU/2026', {
        ifMatch: headers.etag ?? '',
        body: { holidays: {}, workdays, source, reason },
      }),
      await ada.call(`POST ${path}/group/leave`, { body: { reason } }),
    ];
    expect(loose.map(({ status, body }) => [status, body.kind])).toEqual([
      [202, 'legal-entity.edited'],
      [202, 'holidays.edited'],
      [202, 'legal-entity.group-left'],
    ]);
    expect((await ada.call(`GET ${path}`)).body).toMatchObject({ limits, group: { groupId: 'creditor-1' } });
    for (const { body } of loose) expect(outcome(await approve(bob, body))[0]).toBe(200);
    expect((await ada.call(`GET ${path}`)).body).toMatchObject({
      next: { limits: {} },
      group: { until: NEXT_DAY },
    });
    expect((await patch(ada, path, { stopWords: ['NEIN'] })).status).toBe(200);
    expect((await patch(world.manager, path, { windowForTransactional: true })).status).toBe(200);
  });

  test('R-AUTH-08 R-SMS-06 a manager neither loosens nor proposes, nor sees or decides on a proposal', async () => {
    const entityId = await addEntity(world, { limits: { debt: { perDay: 1 } } });
    const path = `/v1/legal-entities/${entityId}`;
    const refused = await patch(world.manager, path, { limits: {}, reason: 'x' });
    expect(outcome(refused)).toEqual([403, 'looser-needs-admin']);
    const { body } = await patch(ada, path, { limits: {}, reason: 'x' });
    const at = `/v1/proposals/sms/${body.proposalId}`;
    const all = ['manager', 'executor', 'client', 'quality', 'supplies', 'worker'] as const;
    for (const role of all) {
      const who = newUser(world.rt, role);
      const asked = [
        await who.call('GET /v1/proposals/sms'),
        await who.call(`GET ${at}`),
        await approve(who, body),
        await who.call(`POST ${at}/reject`, { body: { reason: 'x' } }),
        await who.call(`POST ${at}/withdraw`, { body: {} }),
      ];
      expect(asked.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    }
  });

  test('R-AUTH-08 R-SMS-06 a law’s looser version is proposed once by its key, and too late when its day has come', async () => {
    const [law] = (await world.manager.call('GET /v1/law-presets')).body.items.filter(
      (each: Answer['body']) => each.code === 'RU-230',
    );
    const { code: _code, version: _version, ...rules } = law;
    const body = { ...rules, caps: { perDay: 3 }, effectiveFrom: '2026-03-04', reason: 'Amended' };
    const post = () => ada.call('POST /v1/law-presets/RU-230/versions', { key: 'law', body });
    const made = await post();
    expect([made.status, made.body.kind]).toEqual([202, 'law-preset.published']);
    expect((await post()).body).toEqual(made.body);
    world.rt.clock.move(2 * 24 * 3600 * 1000);
    expect(outcome(await approve(bob, made.body))).toEqual([409, 'proposal-outdated']);
    const stricter = { ...rules, caps: { ...rules.caps, perDay: 1 }, effectiveFrom: '2026-03-09' };
    expect(
      (await ada.call('POST /v1/law-presets/RU-230/versions', { key: 'strict', body: stricter })).status,
    ).toBe(201);
  });

  test('R-AUTH-08 R-SMS-06 several proposals at once are each done once, though they write the same', async () => {
    const ids = await Promise.all([0, 1, 2].map(() => addEntity(world, { limits: { debt: { perDay: 1 } } })));
    const proposals = await Promise.all(
      ids.map((id) => patch(ada, `/v1/legal-entities/${id}`, { limits: {}, reason: 'x' })),
    );
    received.length = 0;
    const twice = [...proposals, ...proposals];
    const answers = await Promise.all(twice.map(({ body }) => approve(bob, body)));
    expect(answers.map(({ body }) => body.state)).toEqual(Array(6).fill('approved'));
    const done = ofType(received, auditRecorded).filter(({ data }) => data.action === 'legal-entity.edited');
    expect(done).toHaveLength(3);
  });

  test('R-AUTH-08 an id of another area, or of nothing, is not found', async () => {
    const entityId = await addEntity(world, { limits: { debt: { perDay: 1 } } });
    const { body } = await patch(ada, `/v1/legal-entities/${entityId}`, { limits: {}, reason: 'x' });
    expect((await bob.call(`GET /v1/proposals/identity/${body.proposalId}`)).status).toBe(404);
    expect((await bob.call(`GET /v1/proposals/sms/${world.rt.ids.next('prp')}`)).status).toBe(404);
    const made = await create(world.rt, world.manager, '/v1/legal-entities', { name: 'X', country: 'RU' });
    expect(made.version).toBe(1);
  });
});
