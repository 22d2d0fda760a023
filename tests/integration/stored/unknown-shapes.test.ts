import { randomUUID } from 'node:crypto';
import { auditEntries } from '../../../lib/audit/audit-repository.ts';
import { notifications } from '../../../lib/notifications/core/notification-repository.ts';
import { notificationIdOf } from '../../../lib/notifications/model.ts';
import { auditEvent } from '../../../lib/platform/audit.ts';
import { providers } from '../../../lib/sms/core/provider-facts-repository.ts';
import { suppressions } from '../../../lib/sms/core/recipient-repository.ts';
import {
  call,
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { askFor, confirmation, fresh, publish, userFactOf } from '../../support/notifications.ts';
import { addDeafProvider, addEntity, create, type SmsWorld, smsBody, smsWorld } from '../../support/sms.ts';
import { ofLaterShape } from '../../support/stored/later-shape.ts';

let aws: TestAws;
let rt: TestRuntime;
let token: string;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  token = await rt.token({ id: 'usr_boss', roles: ['manager', 'admin'] });
});

const get = (path: string) => call(rt, `GET ${path}`, { token });

test('a notification of an unknown shape is refused by itself, and the others of its list are shown', async () => {
  const userId = fresh('usr');
  await publish(rt, userFactOf({ userId }));
  await drain(rt);
  const requests = [1, 2, 3].map(() => confirmation({ recipient: { userId } }));
  for (const request of requests) await askFor(rt, request);
  const [id = '', other = ''] = requests.map(({ key }) => notificationIdOf(key));
  const path = `/v1/notifications?userId=${userId}`;
  expect((await get(path)).body).not.toHaveProperty('omitted');
  await ofLaterShape(rt, 'notifications', notifications.key({ id }));

  const list = await get(path);
  expect([list.status, list.body.items.length, list.body.omitted]).toEqual([200, 2, 1]);
  const refused = await get(`/v1/notifications/${id}`);
  expect([refused.status, refused.body.code]).toEqual([503, 'stored-shape-unknown']);
  expect(refused.headers).toMatchObject({ 'retry-after': '60' });
  expect((await get(`/v1/notifications/${other}`)).status).toBe(200);
});

test('a page of the audit log gives its other entries and goes on behind them', async () => {
  const subject = `ticket/tkt_${randomUUID()}`;
  const facts = ['ticket.opened', 'ticket.assigned', 'ticket.closed'].map((action) =>
    auditEvent(rt, { actor: { id: 'usr_boss', roles: ['manager'] }, action, subject }),
  );
  await publish(rt, ...facts);
  await drain(rt);
  const path = `/v1/audit?subject=${encodeURIComponent(subject)}`;
  const [newest] = (await get(path)).body.items;
  await ofLaterShape(rt, 'audit', auditEntries.key(newest));

  const first = (await get(`${path}&limit=2`)).body;
  expect([first.items.length, first.omitted]).toEqual([1, 1]);
  const second = (await get(`${path}&limit=2&cursor=${encodeURIComponent(first.nextCursor)}`)).body;
  expect([second.items.length, second.omitted, second.nextCursor]).toEqual([1, undefined, null]);
});

describe('of a message', () => {
  const PHONE = '+79161234567';
  let world: SmsWorld;
  let entityId: string;

  beforeAll(async () => {
    world = await smsWorld();
    entityId = await addEntity(world);
  });

  const send = () => {
    const { manager, rt: of } = world;
    return manager.call('POST /v1/sms', {
      key: of.ids.next('key'),
      body: smsBody(entityId, { phone: PHONE }),
    });
  };

  test('R-SMS-06 what nobody understands of a phone’s suppression keeps messages from it, and is not evaluated without it', async () => {
    const { rt: of, manager } = world;
    const body = { phone: PHONE, entityId, categories: ['debt'], reason: 'asked by phone' };
    for (const each of [body, { ...body, phone: '+79161234568' }])
      await create(of, manager, '/v1/suppressions', each);
    expect((await send()).body).toMatchObject({ state: 'denied' });
    await ofLaterShape(of, 'sms', suppressions.key({ phone: PHONE, entityId }));

    const refused = await send();
    expect([refused.status, refused.body.code]).toEqual([503, 'stored-shape-unknown']);
    const list = (await manager.call(`GET /v1/suppressions?entityId=${entityId}`)).body;
    expect([list.items.length, list.omitted]).toEqual([1, 1]);
    await manager.call(`DELETE /v1/suppressions/${entityId}/${encodeURIComponent(PHONE)}`);
  });

  test('a provider that nobody understands is passed over for one that is understood', async () => {
    const { rt: of, manager, admin, providerId } = world;
    const another = await addDeafProvider(of, admin, { name: 'Another', priority: 5 });
    await manager.call(`PUT /v1/legal-entities/${entityId}/providers/${another}`, { body: {} });
    await ofLaterShape(of, 'sms', providers.key({ id: providerId }));
    of.clock.move(60_000);
    const phone = '+79161234569';
    const accepted = await create(of, manager, '/v1/sms', smsBody(entityId, { phone }));
    expect(accepted).toMatchObject({ state: 'queued' });
    expect((await manager.call('GET /v1/sms-providers')).body).toMatchObject({ omitted: 1 });
  });
});
