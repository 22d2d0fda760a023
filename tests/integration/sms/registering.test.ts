import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { smsIdOf } from '../../../lib/sms/acceptance/draft.ts';
import { requestSms } from '../../../lib/sms/acceptance/request-sms.ts';
import type { SmsRequest } from '../../../lib/sms/events.ts';
import { bulkQueued } from '../../../lib/sms/internal-events.ts';
import { findSms } from '../../../lib/sms/message-repository.ts';
import { OWN_ENTITY } from '../../../lib/sms/model.ts';
import { call } from '../../support/aws/index.ts';
import {
  addDeafProvider,
  addEntity,
  create,
  register,
  type SmsWorld,
  smsBody,
  smsWorld,
} from '../../support/sms.ts';
import { listenToEvents, newUser, ofType } from '../../support/staff.ts';

let world: SmsWorld;
let entityId: string;
let received: DomainEvent[];

beforeAll(async () => {
  world = await smsWorld();
  entityId = await addEntity(world);
  received = listenToEvents(world.rt);
});
beforeEach(() => {
  received.length = 0;
});
afterAll(() => world.aws.stop());

let phones = 0;
const aPhone = (): string => `+7916${String(3_000_000 + phones++)}`;
const post = (body: object, key = world.rt.ids.next('key')) =>
  world.manager.call('POST /v1/sms', { key, body: smsBody(entityId, { phone: aPhone(), ...body }) });

describe('registering', () => {
  test('R-SMS-01 a lawful message is queued, and its hand-off is asked for once', async () => {
    const { status, body } = await post({});
    expect([status, body.state]).toEqual([201, 'queued']);
    expect(ofType(received, bulkQueued).map(({ data }) => data)).toEqual([{ smsId: body.smsId }]);
    const stored = await world.manager.call(`GET /v1/sms/${body.smsId}`);
    expect(stored.body).toMatchObject({
      smsId: body.smsId,
      entityId,
      state: 'queued',
      plannedOn: '2026-03-02',
    });
  });

  test('R-SMS-01 a repeat gets the first answer, even after the message has moved on; another body is refused', async () => {
    const body = { phone: aPhone() };
    const first = await post(body, 'same-key');
    await world.manager.call(`POST /v1/sms/${first.body.smsId}/cancel`);
    const again = await post(body, 'same-key');
    expect([again.status, again.body]).toEqual([201, first.body]);
    const other = await post({ ...body, text: 'Another text' }, 'same-key');
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  test('R-SMS-01 ten parallel repeats make one message', async () => {
    const body = { phone: aPhone() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(body, 'parallel')));
    expect(new Set(answers.map((answer) => answer.body.smsId)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
  });

  test('R-SMS-01 messages of an entity and to a phone are listed newest first, page by page', async () => {
    const own = await addEntity(world);
    const made = [];
    for (let n = 0; n < 5; n += 1) {
      made.push((await register(world, own, { phone: aPhone() })).smsId);
      world.rt.clock.move(1000);
    }
    const first = await world.manager.call(`GET /v1/sms?entityId=${own}&limit=3`);
    const rest = await world.manager.call(
      `GET /v1/sms?entityId=${own}&limit=3&cursor=${first.body.nextCursor}`,
    );
    const listed = [...first.body.items, ...rest.body.items].map(({ smsId }) => smsId);
    expect(listed).toEqual(made.toReversed());
    expect(rest.body.nextCursor).toBeNull();
    const foreign = await world.manager.call(`GET /v1/sms?cursor=${first.body.nextCursor}`);
    expect([foreign.status, foreign.body.code]).toEqual([400, 'invalid-cursor']);
    const phone = first.body.items[0].phone.slice(1);
    const toPhone = await world.manager.call(`GET /v1/sms?phone=${phone}`);
    expect(toPhone.body.items.map(({ smsId }: { smsId: string }) => smsId)).toEqual([listed[0]]);
  });

  test('R-SMS-01 states of many are answered at once, in the order asked for', async () => {
    const [a, b] = [(await post({})).body.smsId, (await post({})).body.smsId];
    const ids = [b, world.rt.ids.next('sms'), a];
    const { body } = await world.manager.call('POST /v1/sms/statuses', { body: { ids } });
    expect(body.items.map(({ smsId }: { smsId: string }) => smsId)).toEqual([b, a]);
    expect(body.items[0]).toMatchObject({ state: 'queued', version: 1 });
  });

  test('R-SMS-01 a machine key with the scope to send registers, and one without does not', async () => {
    const keyFor = async (scope: string) => {
      const body = { name: scope, scopes: [scope], entityIds: [entityId], categories: ['debt'] };
      return (await create(world.rt, newUser(world.rt, 'admin'), '/v1/api-keys', body)).key;
    };
    const body = smsBody(entityId, { phone: aPhone() });
    const sent = await call(world.rt, 'POST /v1/sms', { token: await keyFor('sms:send'), key: 'm1', body });
    expect(sent.status).toBe(201);
    const read = await keyFor('sms:read');
    expect((await call(world.rt, `GET /v1/sms/${sent.body.smsId}`, { token: read })).status).toBe(200);
    expect((await call(world.rt, 'POST /v1/sms', { token: read, key: 'm2', body })).status).toBe(403);
  });
});

describe('the trace', () => {
  test('R-SMS-08 every rule stands in it, in order, with law, count and limit', async () => {
    const { body } = await post({ zone: 'Asia/Novosibirsk' });
    expect(body.trace.map(({ rule, verdict }: { rule: string; verdict: string }) => [rule, verdict])).toEqual(
      [
        ['entity-active', 'pass'],
        ['provider-allowed', 'pass'],
        ['suppression', 'pass'],
        ['consent', 'skip'],
        ['window', 'pass'],
        ['law-hours', 'pass'],
        ['law-caps', 'pass'],
        ['entity-limits', 'skip'],
        ['validity', 'pass'],
      ],
    );
    expect(body.trace[5]).toMatchObject({
      preset: 'RU-230@1',
      value: '14:00',
      limit: '08:00-22:00',
      lawRef: '230-FZ of 03.07.2016, art. 7 part 5',
    });
  });

  test('R-SMS-06 R-SMS-08 too early in the unknown zone: deferred to the hour legal in all of Russia', async () => {
    const early = await smsWorld('2026-03-02T03:15:00.000Z');
    const { body } = await early.manager.call('POST /v1/sms', {
      key: 'k',
      body: smsBody(await addEntity(early)),
    });
    expect(body).toMatchObject({ state: 'deferred', nextAllowedAt: '2026-03-02T06:00:00.000Z' });
    expect(body.trace[5]).toMatchObject({
      rule: 'law-hours',
      verdict: 'defer',
      nextAllowedAt: '2026-03-02T06:00:00.000Z',
    });
  });

  test('R-SMS-08 check says the same and keeps nothing', async () => {
    const phone = aPhone();
    const checked = await world.manager.call('POST /v1/sms/check', { body: smsBody(entityId, { phone }) });
    const registered = await post({ phone });
    const { trace, encoding, parts, price } = registered.body;
    expect(checked.body).toEqual({ verdict: 'allow', trace, encoding, parts, price });
    expect(ofType(received, bulkQueued)).toHaveLength(1);
  });

  test('R-SMS-08 encoding, parts and price by the longest prefix', async () => {
    const emoji = await post({ text: '👍'.repeat(36) });
    expect(emoji.body).toMatchObject({
      encoding: 'ucs-2',
      parts: 2,
      price: { amountMinor: 500, currency: 'RUB' },
    });
    const longest = await post({ text: 'x'.repeat(1600) });
    expect(longest.body).toMatchObject({ encoding: 'gsm-7', parts: 11 });
    const tooLong = await post({ text: 'x'.repeat(1601) });
    expect([tooLong.status, tooLong.body.code]).toEqual([400, 'invalid-request']);
  });
});

describe('the rules that are a yes or a no', () => {
  const denied = async (more: object, of = entityId) => {
    const { status, body } = await world.manager.call('POST /v1/sms', {
      key: world.rt.ids.next('key'),
      body: smsBody(of, { phone: aPhone(), ...more }),
    });
    const { reason } = (await world.manager.call(`GET /v1/sms/${body.smsId}`)).body;
    return [status, body.state, reason];
  };

  test('R-SMS-06 an inactive entity sends nothing', async () => {
    const idle = await addEntity(world);
    await world.manager.call(`POST /v1/legal-entities/${idle}/deactivate`, { body: { reason: 'sold' } });
    expect(await denied({}, idle)).toEqual([201, 'denied', 'entity-active']);
  });

  test('R-SMS-06 an entity without a provider, or with another one than asked for, sends nothing', async () => {
    const { entityId: bare } = await create(world.rt, world.manager, '/v1/legal-entities', {
      name: 'Bare',
      country: 'RU',
    });
    expect(await denied({}, bare)).toEqual([201, 'denied', 'provider-allowed']);
    const foreign = await addDeafProvider(world.rt, world.admin);
    expect(await denied({ providerId: foreign })).toEqual([201, 'denied', 'provider-allowed']);
  });

  test('R-SMS-06 R-SMS-10 marketing needs consent, and a suppression keeps it away', async () => {
    const marketing = { category: 'marketing', phone: aPhone() };
    expect(await denied(marketing)).toEqual([201, 'denied', 'consent']);
    await create(world.rt, world.manager, '/v1/consents', {
      entityId,
      phone: marketing.phone,
      proof: 'form 1',
    });
    expect((await post(marketing)).body.state).toBe('queued');
    await create(world.rt, world.manager, '/v1/suppressions', { phone: marketing.phone, reason: 'asked' });
    expect(await denied(marketing)).toEqual([201, 'denied', 'suppression']);
    expect((await post({ phone: marketing.phone })).body.state).toBe('queued');
  });

  test('R-SMS-06 codes skip window, consent and caps, and go out in the own name only', async () => {
    const night = await smsWorld('2026-03-01T23:00:00.000Z');
    const request: SmsRequest = {
      key: 'chl_1',
      requestedBy: 'identity',
      entityId: OWN_ENTITY,
      category: 'otp',
      phone: '+79160000001',
      text: 'Code {code}',
      challengeId: 'chl_1',
      validUntil: '2026-03-01T23:05:00.000Z',
    };
    await requestSms(night.rt, request);
    const sent = await findSms(night.rt, smsIdOf('identity', 'chl_1'));
    expect(sent?.state).toBe('queued');
    const ruled = sent?.trace.filter(({ verdict }) => verdict === 'skip');
    expect(ruled?.map(({ rule }) => rule)).toEqual([
      'suppression',
      'consent',
      'window',
      'law-hours',
      'law-caps',
      'entity-limits',
    ]);
    const wrongly: Partial<SmsRequest>[] = [
      { entityId },
      { requestedBy: 'notifications' },
      { challengeId: undefined, text: 'Code 123456' },
    ];
    for (const [index, wrong] of wrongly.entries()) {
      await expect(
        requestSms(night.rt, { ...request, key: `chl_2${index}`, ...wrong }),
      ).rejects.toMatchObject({
        kind: 'unprocessable',
      });
    }
  });

  test('R-SMS-06 transactional messages keep the window only if the entity asks', async () => {
    const night = await smsWorld('2026-03-01T23:00:00.000Z');
    const free = await addEntity(night);
    const held = await addEntity(night, { windowForTransactional: true });
    const order = { category: 'transactional', text: 'Your order is ready' };
    expect((await register(night, free, order)).state).toBe('queued');
    expect(await register(night, held, order)).toMatchObject({
      state: 'deferred',
      nextAllowedAt: '2026-03-02T06:00:00.000Z',
    });
  });
});

test.each(['/v1/sms', '/v1/sms/check'])(
  'R-SMS-06 nobody asks for a code at %s, whoever they are',
  async (path) => {
    const body = { entityId: OWN_ENTITY, category: 'otp', phone: aPhone(), text: 'Your code is 123456' };
    const { status, body: problem } = await world.manager.call(`POST ${path}`, { key: 'otp', body });
    expect([status, problem.code]).toEqual([422, 'otp-of-sign-in']);
  },
);

describe('what is not understood', () => {
  test.each([
    ['a landline', { phone: '+7 495 123-45-67' }, 'phone-not-mobile'],
    ['a short code', { phone: '900' }, 'phone-invalid'],
    ['words', { phone: 'call me' }, 'phone-invalid'],
    ['two validities', { validitySec: 5, validUntil: '2026-03-03T00:00:00Z' }, 'validity-twice'],
    ['31 days', { validUntil: '2026-04-03T00:00:00Z' }, 'validity-too-long'],
    ['a place for a code', { text: 'Code {code}' }, 'code-without-challenge'],
    ['an entity of nobody', { entityId: 'ent_00000000-0000-7000-8000-000000000000' }, 'legal-entity-unknown'],
  ])('R-SMS-01 %s is refused by name', async (_, more, code) => {
    const { status, body } = await post(more);
    expect([status, body.code]).toEqual([422, code]);
  });

  test.each(['+7 (916) 555-01-02', '8 916 555-01-02', '007 916 555 01 02', '89165550102'])(
    'R-SMS-01 %s is the phone +79165550102',
    async (phone) => {
      const { body } = await post({ phone, category: 'transactional' });
      expect((await world.manager.call(`GET /v1/sms/${body.smsId}`)).body.phone).toBe('+79165550102');
    },
  );

  test('R-SMS-09 what is no longer valid is never queued', async () => {
    const { body } = await post({ validUntil: '2026-03-02T00:00:00Z' });
    expect(body).toMatchObject({ state: 'denied' });
  });
});
