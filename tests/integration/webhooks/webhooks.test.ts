import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { revokeWrite } from '../../../lib/platform/auth/api-keys.ts';
import { rightsLost } from '../../../lib/platform/auth/rights-lost.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { endWebhooksOf } from '../../../lib/webhooks/end-webhooks.ts';
import { isSignedBy } from '../../../lib/webhooks/webhook-message.ts';
import { drain, testRuntime, tick } from '../../support/aws/index.ts';
import { machine } from '../../support/keys.ts';
import { addEntity, create, register, type SmsWorld, smsBody, smsWorld } from '../../support/sms.ts';
import { userOn } from '../../support/staff.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let world: SmsWorld;
let entityId: string;
let receiver: Server;
let url: string;
let answer: number;
let received: Received[];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer, answer === 302 ? { location: url } : {}).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(() => new Promise((done) => receiver.close(done)));

beforeEach(async () => {
  world = await smsWorld();
  entityId = await addEntity(world);
  received = [];
  answer = 204;
});

const addWebhook = (more: object = {}) =>
  create(world.rt, world.admin, '/v1/webhooks', { url, states: ['cancelled', 'denied'], ...more });

/** A message that is cancelled: one fact to tell. */
const aFact = async (): Promise<string> => {
  const { smsId } = await register(world, entityId, { phone: `+7916${5_000_000 + facts++}` });
  await world.manager.call(`POST /v1/sms/${smsId}/cancel`);
  return smsId;
};
let facts = 0;

const deliveries = async (webhookId: string) =>
  (await world.admin.call(`GET /v1/webhooks/${webhookId}/deliveries`)).body.items;

/** Whole minutes pass, each with its tick. */
const wait = async (minutes: number, step = minutes) => {
  for (let passed = 0; passed < minutes; passed += step) {
    await drain(world.rt, { advanceMs: step * 60_000 });
    await tick(world.rt, 'functions/webhooks/tick.schedule');
    await drain(world.rt);
  }
};

describe('signed webhooks', () => {
  test('R-SMS-01 a change of state is told once, signed over timestamp and body', async () => {
    const { webhookId, secret } = await addWebhook();
    const smsId = await aFact();
    await drain(world.rt);
    expect(received).toHaveLength(1);
    const { headers, body } = received[0]!;
    const [timestamp, signature] = [headers['rotadesk-timestamp'], headers['rotadesk-signature']] as string[];
    expect(isSignedBy(secret, timestamp ?? '', body, signature ?? '')).toBe(true);
    expect(isSignedBy(secret, `${Number(timestamp) + 1}`, body, signature ?? '')).toBe(false);
    expect(isSignedBy(secret, timestamp ?? '', `${body} `, signature ?? '')).toBe(false);
    expect(JSON.parse(body)).toMatchObject({
      id: headers['rotadesk-event-id'],
      type: 'sms.status-changed',
      data: { smsId, entityId, state: 'cancelled', reason: 'cancelled-by-caller', version: 2 },
    });
    expect(body).not.toContain('7916');
    expect(await deliveries(webhookId)).toMatchObject([
      { state: 'delivered', tries: 1, lastAnswer: 'HTTP 204' },
    ]);
  });

  test('R-SMS-01 the check printed in docs/webhooks.md takes a real call and refuses a forged and an old one', async () => {
    const { secret } = await addWebhook();
    await aFact();
    await drain(world.rt);
    const { headers, body } = received[0]!;
    const page = readFileSync(resolve(import.meta.dirname, '../../../docs/webhooks.md'), 'utf8');
    const code = /```js\n([\s\S]*?)```/.exec(page)?.[1];
    const ask = (nowSec: number, text: string): string => {
      const given = JSON.stringify({ secret, headers, text, nowSec });
      const script = `${code}\nconst g = ${given};\nconsole.log(isFromRotadesk(g.secret, g.headers, g.text, g.nowSec));`;
      return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
      }).trim();
    };
    const sentSec = Number(headers['rotadesk-timestamp']);
    expect(ask(sentSec + 10, body)).toBe('true');
    expect(ask(sentSec + 10, body.replace('cancelled', 'delivered'))).toBe('false');
    expect(ask(sentSec + 3600, body)).toBe('false');
  });

  test('R-SMS-01 a failing receiver is tried again under the same event id, later and later, until it takes it', async () => {
    const { webhookId } = await addWebhook();
    answer = 500;
    await aFact();
    await drain(world.rt, { advanceMs: 20 * 60_000 });
    expect(received.length).toBe(4);
    expect(await deliveries(webhookId)).toMatchObject([
      { state: 'waiting', tries: 4, lastAnswer: 'HTTP 500' },
    ]);
    answer = 200;
    await wait(20, 10);
    expect(new Set(received.map(({ headers }) => headers['rotadesk-event-id'])).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['rotadesk-signature'])).size).toBe(5);
    expect(await deliveries(webhookId)).toMatchObject([{ state: 'delivered', tries: 5 }]);
  });

  test('R-SMS-01 given up after a day, and seen to be', async () => {
    const { webhookId } = await addWebhook();
    answer = 302;
    await aFact();
    await wait(25 * 60, 60);
    expect(received).toHaveLength(10);
    expect(await deliveries(webhookId)).toMatchObject([
      { state: 'given-up', tries: 10, lastAnswer: 'HTTP 302' },
    ]);
    const { body } = await world.admin.call(`GET /v1/webhooks/${webhookId}`);
    expect(body).toMatchObject({ givenUp: 1, lastGivenUpAt: expect.any(String) });
  });

  test('R-SMS-01 only what was asked for: by state and by entity; nothing after removal', async () => {
    const other = await addEntity(world);
    await addWebhook({ entityId: other });
    const { webhookId } = await addWebhook({ states: ['delivered'] });
    await aFact();
    await drain(world.rt);
    expect(received).toEqual([]);
    expect((await world.admin.call(`DELETE /v1/webhooks/${webhookId}`)).status).toBe(204);
    expect((await world.admin.call(`GET /v1/webhooks/${webhookId}`)).status).toBe(404);
    expect((await world.admin.call('GET /v1/webhooks')).body.items).toHaveLength(1);
  });

  test('R-SMS-01 a repeat of the request shows the same secret, another address under its key is refused', async () => {
    const body = { url, states: ['denied'] };
    const first = await world.admin.call('POST /v1/webhooks', { key: 'hook', body });
    const again = await world.admin.call('POST /v1/webhooks', { key: 'hook', body });
    expect([again.status, again.body]).toEqual([201, first.body]);
    const listed = await world.admin.call('GET /v1/webhooks');
    expect(JSON.stringify(listed.body)).not.toContain('whsec_');
    const other = await world.admin.call('POST /v1/webhooks', { key: 'hook', body: { url: `${url}2` } });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });
});

/** Whose maker is whom: a user, or an API key. */
describe('a webhook ends', () => {
  const tell = async () => {
    await aFact();
    await drain(world.rt);
    return received.length;
  };

  test('R-SMS-01 R-AUTH-05 with its key: revoked, nothing more is told, not even what was on its way', async () => {
    const shop = await machine(world.rt, ['sms:webhooks'], { entityIds: [entityId] });
    const { webhookId } = await create(world.rt, shop, '/v1/webhooks', { url, states: ['cancelled'] });
    answer = 500;
    expect(await tell()).toBe(1);
    await commit(world.rt, { writes: [revokeWrite(world.rt, shop.id)] });
    answer = 204;
    await wait(20, 10);
    expect(await tell()).toBe(1);
    expect(await deliveries(webhookId)).toMatchObject([
      { state: 'given-up', lastAnswer: 'its key has ended' },
    ]);
  });

  test('R-SMS-01 R-AUTH-05 with its key: past its date, nothing more is told', async () => {
    const expiresAt = new Date(world.rt.clock.nowMs() + 60_000).toISOString();
    const shop = await machine(world.rt, ['sms:webhooks'], { entityIds: [entityId], expiresAt });
    await create(world.rt, shop, '/v1/webhooks', { url, states: ['cancelled'] });
    expect(await tell()).toBe(1);
    world.rt.clock.move(60_000);
    expect(await tell()).toBe(1);
  });

  test.each([
    ['is no admin any more', { roles: ['manager' as const], locked: false }],
    ['is locked', { roles: ['admin' as const], locked: true }],
  ])('R-SMS-01 R-AUTH-05 when its maker %s: it is removed, and nothing more is told', async (_, change) => {
    await addWebhook();
    expect(await tell()).toBe(1);
    await commit(world.rt, { writes: [], events: [rightsLost.draft({ userId: world.admin.id, ...change })] });
    await drain(world.rt);
    expect(await tell()).toBe(1);
    expect((await world.admin.call('GET /v1/webhooks')).body.items).toEqual([]);
  });

  test('R-SMS-01 R-AUTH-05 not when its maker’s account changed in another way, or before it was made', async () => {
    const { webhookId } = await addWebhook();
    const admin = { userId: world.admin.id, roles: ['admin'], locked: false, at: '2027-01-01T00:00:00.000Z' };
    await endWebhooksOf(world.rt, admin);
    await endWebhooksOf(world.rt, { ...admin, locked: true, at: '2026-01-01T00:00:00.000Z' });
    expect((await world.admin.call(`GET /v1/webhooks/${webhookId}`)).status).toBe(200);
  });
});

test('R-SMS-01 a key receives events of its entities alone, and nobody reads another’s own word for a message', async () => {
  const other = await addEntity(world);
  const shop = await machine(world.rt, ['sms:webhooks', 'sms:send'], {
    entityIds: [other],
    categories: ['debt'],
  });
  await create(world.rt, shop, '/v1/webhooks', { url, states: ['cancelled'] });
  await aFact();
  await drain(world.rt);
  expect(received).toEqual([]);
  const { smsId } = await register(world, other, { phone: '+79165999999' });
  const own = await shop.call('POST /v1/sms', { key: 'their-word', body: smsBody(other) });
  for (const id of [smsId, own.body.smsId]) await world.manager.call(`POST /v1/sms/${id}/cancel`);
  await drain(world.rt);
  const facts = received.map(({ body }) => JSON.parse(body).data);
  expect(facts.find((each) => each.smsId === smsId)).not.toHaveProperty('key');
  expect(facts.find((each) => each.smsId === own.body.smsId)).toHaveProperty('key', 'their-word');
});

test('R-SMS-01 where private addresses are not allowed, none is taken, and none is called', async () => {
  const deployed = await testRuntime(world.aws, { clock: world.rt.clock, env: { OUTBOUND_LOOPBACK: '' } });
  const { webhookId } = await addWebhook();
  await aFact();
  await drain(deployed);
  expect(received).toEqual([]);
  expect(await deliveries(webhookId)).toMatchObject([{ state: 'waiting', lastAnswer: 'EADDRESSREFUSED' }]);
  const refused = await userOn(deployed, world.admin, 'admin').call('POST /v1/webhooks', {
    key: 'k',
    body: { url },
  });
  expect([refused.status, refused.body.code]).toEqual([422, 'webhook-address']);
});
