import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { findSuppression } from '../../../lib/sms/core/recipient-repository.ts';
import { inboundReceived } from '../../../lib/sms/events.ts';
import { bodyOf, wants } from '../../../lib/webhooks/webhook-message.ts';
import { SANDBOX_ACCOUNTS } from '../../../localstack/sandboxes/sms/faults.ts';
import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import { signedByTwilio } from '../../../localstack/sandboxes/sms/reports.ts';
import {
  call,
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { machine } from '../../support/keys.ts';
import { create } from '../../support/sms.ts';
import { type AddedProvider, addProvider, queueSms, sandboxFor } from '../../support/sms-sending/world.ts';
import { listenToEvents, newUser, ofType, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let sandbox: RunningCentre;
let twilio: AddedProvider;
let manager: TestUser;
let inboundUrl: string;
let received: DomainEvent[];
let phones = 0;

beforeAll(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  sandbox = await sandboxFor(rt);
  twilio = await addProvider(rt, sandbox, 'twilio');
  manager = newUser(rt, 'manager');
  inboundUrl = (await manager.call(`GET /v1/sms-providers/${twilio.id}`)).body.inboundUrl;
  received = listenToEvents(rt);
});
afterAll(async () => {
  await sandbox?.stop();
  await aws?.stop();
});
beforeEach(() => {
  received.length = 0;
  sandbox.centre.reset();
});

const american = (): string => {
  phones += 1;
  return `+1202555${String(1000 + phones)}`;
};

/** A text from a phone, signed as Twilio signs. */
const write = async (from: string, text: string, more: Record<string, string> = {}) => {
  phones += 1;
  const fields = { From: from, To: '+15550000000', Body: text, MessageSid: `SM${phones}`, ...more };
  const { body, headers } = signedByTwilio(SANDBOX_ACCOUNTS.twilio.authToken, inboundUrl, fields);
  const { pathname } = new URL(inboundUrl);
  const answer = await call(rt, `POST ${pathname}`, {
    body: Buffer.from(String(body)),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
  expect(answer.status).toBe(204);
};

const stopped = async (phone: string, entityId = '*') =>
  (await findSuppression(rt, phone, entityId))?.categories ?? [];

const addEntity = async (more: object = {}): Promise<string> => {
  const { entityId } = await create(rt, manager, '/v1/legal-entities', {
    name: 'US LLC',
    country: 'US',
    ...more,
  });
  await manager.call(`PUT /v1/legal-entities/${entityId}/providers/${twilio.id}`, { body: {} });
  return entityId;
};

/** A message that Twilio has taken. */
const sentTo = (phone: string, entityId: string, category: 'debt' | 'marketing', country = 'US') =>
  queueSms(rt, {
    phone,
    entityId,
    category,
    more: {
      country,
      state: 'sent',
      attempts: [
        {
          id: 'a',
          providerId: twilio.id,
          state: 'sent',
          startedAt: '2026-01-05T08:00:00.000Z',
          providerIds: [`SM${phone}`],
        },
      ],
    },
  });

const list = async (query = ''): Promise<Record<string, unknown>[]> =>
  (await manager.call(`GET /v1/inbound-sms?limit=100${query}`)).body.items;

describe('R-SMS-10 every message from a phone', () => {
  test('is kept once, listed and told without phone and text, whatever it says', async () => {
    const entityId = await addEntity();
    const phone = american();
    const sms = await sentTo(phone, entityId, 'marketing');
    await write(phone, 'thank you', { MessageSid: 'SMsame' });
    await write(phone, 'thank you', { MessageSid: 'SMsame' });
    const mine = (await list()).filter(({ from }) => from === phone);
    expect(mine).toMatchObject([{ text: 'thank you', wish: 'none', entityId, smsId: sms.id }]);
    expect(await list(`&entityId=${entityId}`)).toEqual(mine);
    const { status, body } = await manager.call(`GET /v1/inbound-sms/${mine[0]?.inboundId}`);
    expect([status, body]).toEqual([200, mine[0]]);
    const facts = ofType(received, inboundReceived).map(({ data }) => data);
    expect(facts).toEqual([
      {
        inboundId: mine[0]?.inboundId,
        providerId: twilio.id,
        entityId,
        smsId: sms.id,
        wish: 'none',
        at: expect.any(String),
      },
    ]);
    expect(bodyOf({ createdBy: 'key_1' }, 'a fact', facts[0] as never)).not.toMatch(/1202|thank/);
    expect(wants({ entityId } as never, facts[0] as never)).toBe(true);
    expect(wants({ entityId: 'own' } as never, facts[0] as never)).toBe(false);
    expect(wants({ states: ['sent'] } as never, facts[0] as never)).toBe(false);
  });

  test('R-AUTH-05 is read and received by keys of the entity it answers, and 404 to every other', async () => {
    const [ours, theirs] = [await addEntity(), await addEntity()];
    const phone = american();
    await sentTo(phone, ours, 'marketing');
    const scopes = ['sms:read', 'sms:webhooks'] as const;
    const [shop, other] = [
      await machine(rt, scopes, { entityIds: [ours] }),
      await machine(rt, scopes, { entityIds: [theirs, ours] }),
    ];
    const stranger = await machine(rt, scopes, { entityIds: [theirs] });
    const url = 'http://127.0.0.1:9/hook';
    const hooks = new Map<TestUser, string>();
    for (const maker of [shop, stranger]) {
      hooks.set(maker, (await create(rt, maker, '/v1/webhooks', { url })).webhookId);
    }
    await write(phone, 'could you stop calling');
    const alone = american();
    await write(alone, 'hello');
    await drain(rt);
    const textFrom = async (sender: string) => (await list()).find((each) => each.from === sender);
    const [answer, toNobody] = [await textFrom(phone), await textFrom(alone)];
    for (const query of ['', `?entityId=${ours}`, '?open=true']) {
      expect((await shop.call(`GET /v1/inbound-sms${query}`)).body.items).toEqual([answer]);
      const foreign = await stranger.call(`GET /v1/inbound-sms${query}`);
      expect(foreign.body.items ?? foreign.body.code).toEqual(
        query.includes('entityId') ? 'legal-entity-not-found' : [],
      );
    }
    expect((await other.call(`GET /v1/inbound-sms?entityId=${ours}`)).body.items).toEqual([answer]);
    expect((await shop.call(`GET /v1/inbound-sms/${answer?.inboundId}`)).body).toEqual(answer);
    for (const [who, id] of [
      [stranger, answer?.inboundId],
      [shop, toNobody?.inboundId],
    ] as const) {
      const { status, body } = await who.call(`GET /v1/inbound-sms/${id}`);
      expect([status, body.code]).toEqual([404, 'inbound-sms-not-found']);
    }
    const told = await Promise.all(
      [...hooks].map(async ([who, webhookId]) =>
        (await who.call(`GET /v1/webhooks/${webhookId}/deliveries`)).body.items.map(
          ({ eventId }: { eventId: string }) => eventId,
        ),
      ),
    );
    expect(told).toEqual([[answer?.inboundId], []]);
    await manager.call(`POST /v1/inbound-sms/${answer?.inboundId}/resolve`, { body: { as: 'nothing' } });
  });

  test('that may be a wish to be left alone waits for a manager, and ends as the manager says', async () => {
    const [one, other] = [american(), american()];
    await write(one, 'please do not send me this any more, stop it');
    rt.clock.move(1_000);
    await write(other, 'I get off at the next stop');
    expect([await stopped(one), await stopped(other)]).toEqual([[], []]);
    const open = await list('&open=true');
    expect(open.map(({ from }) => from)).toEqual([one, other]);
    const resolve = (index: number, as: string) =>
      manager.call(`POST /v1/inbound-sms/${open[index]?.inboundId}/resolve`, { body: { as } });
    expect((await resolve(0, 'stop')).body).toMatchObject({ resolved: { as: 'stop', by: manager.id } });
    expect((await resolve(0, 'stop')).status).toBe(200);
    expect(await resolve(0, 'nothing')).toMatchObject({
      status: 409,
      body: { code: 'inbound-sms-not-open' },
    });
    expect((await resolve(1, 'nothing')).status).toBe(200);
    expect([await stopped(one), await stopped(other), await list('&open=true')]).toEqual([
      ['marketing'],
      [],
      [],
    ]);
    const unknown = await manager.call(`GET /v1/inbound-sms/${rt.ids.next('inb')}`);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'inbound-sms-not-found']);
  });
});

describe('R-SMS-10 stop and start', () => {
  test('a word of the entity that was answered ends its messages', async () => {
    const entityId = await addEntity({ stopWords: ['ABMELDEN'] });
    const [phone, stranger] = [american(), american()];
    await sentTo(phone, entityId, 'marketing');
    await write(phone, 'Abmelden!');
    await write(stranger, 'Abmelden!');
    expect([await stopped(phone), await stopped(stranger)]).toEqual([['marketing'], []]);
  });

  test('in answer to a debt text, debt texts of that entity end where the law says so', async () => {
    const entityId = await addEntity();
    const [us, ru] = [american(), '+79163334455'];
    await sentTo(us, entityId, 'debt');
    await sentTo(ru, entityId, 'debt', 'RU');
    await write(us, 'STOP');
    await write(ru, 'STOP');
    expect([await stopped(us), await stopped(us, entityId)]).toEqual([['marketing'], ['debt']]);
    expect([await stopped(ru), await stopped(ru, entityId)]).toEqual([['marketing'], []]);
    await write(us, 'START');
    expect([await stopped(us), await stopped(us, entityId)]).toEqual([[], []]);
  });

  test('a start undoes what stops ended, and nothing that a manager suppressed', async () => {
    const phone = american();
    const body = { phone, categories: ['transactional'], reason: 'complaint' };
    await create(rt, manager, '/v1/suppressions', body);
    await write(phone, 'STOP', { OptOutType: 'STOP' });
    expect(await stopped(phone)).toEqual(['transactional', 'marketing']);
    await write(phone, 'START', { OptOutType: 'START' });
    expect(await stopped(phone)).toEqual(['transactional']);
  });

  test('each is answered once; what changes nothing, and what the provider has answered, is not', async () => {
    const [phone, advanced] = [american(), american()];
    const textsTo = (to: string) => sandbox.centre.inbox(to).map(({ text }) => text);
    for (const text of ['START', 'STOP', 'STOP', 'START', 'START', 'STOP', 'START']) await write(phone, text);
    await write(advanced, 'STOP', { OptOutType: 'STOP' });
    await drain(rt);
    expect(textsTo(phone).toSorted()).toEqual([
      expect.stringContaining('subscribed again'),
      expect.stringContaining('unsubscribed'),
    ]);
    expect(textsTo(advanced)).toEqual([]);
    expect(await stopped(phone)).toEqual([]);
  });
});
