import { findContact } from '../../../lib/notifications/contacts/contact-repository.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { smsRequested } from '../../../lib/sms/events.ts';
import { type MailSink, startMailSink } from '../../../localstack/sandboxes/mail/index.ts';
import { drain, startAws, type TestAws, type TestRuntime } from '../../support/aws/index.ts';
import {
  askFor,
  confirmation,
  fresh,
  freshAddress,
  MINUTE_MS,
  mailRuntime,
  noteOf,
  publish,
  userFactOf,
  watchQueues,
} from '../../support/notifications.ts';

let aws: TestAws;
let sink: MailSink;
let rt: TestRuntime;

beforeAll(async () => {
  [aws, sink] = await Promise.all([startAws(), startMailSink()]);
});
beforeEach(async () => {
  rt = await mailRuntime(aws, sink);
});
afterAll(() => sink.stop());

const know = async (known: Parameters<typeof userFactOf>[0]): Promise<string> => {
  const event = userFactOf(known);
  await publish(rt, event);
  await drain(rt);
  return event.data.userId;
};

const welcome = (userId: string) =>
  confirmation({
    template: 'staff-welcome',
    channel: 'auto',
    recipient: { userId },
    locale: undefined,
    data: {},
  });

const smsAsked = (bodies: DomainEvent[]) =>
  bodies.filter(({ type }) => type === smsRequested.name).map(({ data }) => data);

describe('R-NOT-02 contacts follow identity', () => {
  test.each([
    ['in order', [1, 2, 3]],
    ['turned round', [3, 2, 1]],
    ['twice', [2, 3, 3, 1, 2]],
  ] as const)('news %s: the newest counts', async (_order, versions) => {
    const userId = fresh('usr');
    for (const version of versions) await know({ userId, version, name: `Name ${version}` });
    expect(await findContact(rt, userId)).toMatchObject({ version: 3, name: 'Name 3' });
  });

  test('all at once: the newest counts', async () => {
    const userId = fresh('usr');
    const events = [4, 2, 5, 1, 3].map((version) => userFactOf({ userId, version, name: `Name ${version}` }));
    await Promise.all(events.map((event) => publish(rt, event)));
    await drain(rt);
    expect(await findContact(rt, userId)).toMatchObject({ version: 5, name: 'Name 5' });
  });
});

describe('R-NOT-02 which way', () => {
  test('a confirmed address: an e-mail in the user’s own language, by name', async () => {
    const email = freshAddress();
    const userId = await know({ email, name: 'Борис', locale: 'ru' });
    await askFor(rt, welcome(userId));
    expect(sink.emails(email)[0]).toMatchObject({
      subject: 'Вам открыт доступ к Rotadesk',
      text: expect.stringContaining('Здравствуйте, Борис!'),
    });
  });

  test('no confirmed address, and it is essential: an SMS', async () => {
    const queues = watchQueues(rt);
    const email = freshAddress();
    const userId = await know({ email, emailConfirmed: false, locale: 'ru', phone: '+79160000001' });
    const request = welcome(userId);
    await askFor(rt, request);
    const note = await noteOf(rt, request);
    expect(note).toMatchObject({ channel: 'sms', state: 'handed', phone: '+79160000001' });
    expect(smsAsked(queues.bodies('sms-events'))).toEqual([
      expect.objectContaining({
        key: note.id,
        requestedBy: 'notifications',
        entityId: 'own',
        category: 'transactional',
        phone: '+79160000001',
        text: 'Rotadesk: вам открыт служебный доступ. Войдите по номеру этого телефона.',
        validUntil: note.validUntil,
      }),
    ]);
    expect(sink.emails(email)).toEqual([]);
  });

  test('the same request again asks for no second SMS', async () => {
    const queues = watchQueues(rt);
    const request = welcome(await know({}));
    await askFor(rt, request);
    await askFor(rt, request);
    expect(smsAsked(queues.bodies('sms-events'))).toHaveLength(1);
  });

  test('no confirmed address, not essential: nothing goes out, and it is noted why', async () => {
    const userId = await know({ roles: ['manager'] });
    const data = { deskId: 'main', count: 1, tickets: ['tkt_1'] };
    const request = { ...welcome(userId), template: 'tickets-overdue' as const, data };
    await askFor(rt, request);
    expect(await noteOf(rt, request)).toMatchObject({ state: 'undeliverable', reason: 'no-address' });
  });

  test('a locked user is sent nothing', async () => {
    const email = freshAddress();
    const request = welcome(await know({ email, locked: true }));
    await askFor(rt, request);
    expect(await noteOf(rt, request)).toMatchObject({ state: 'undeliverable', reason: 'locked' });
    expect(sink.emails(email)).toEqual([]);
  });
});

test('R-NOT-02 a request that overtakes identity’s event of the user waits a minute for it', async () => {
  const email = freshAddress();
  const userId = fresh('usr');
  const request = welcome(userId);
  await askFor(rt, request);
  await know({ userId, email });
  await drain(rt, { advanceMs: MINUTE_MS });
  expect(sink.emails(email)).toHaveLength(1);
});

test('R-NOT-02 nobody known by that id: noted after the minute, not tried for ever', async () => {
  const request = welcome(fresh('usr'));
  await askFor(rt, request);
  const { failed } = await drain(rt, { advanceMs: 60 * MINUTE_MS });
  expect(failed).toEqual([]);
  expect(await noteOf(rt, request)).toMatchObject({ state: 'undeliverable', reason: 'unknown-person' });
});
